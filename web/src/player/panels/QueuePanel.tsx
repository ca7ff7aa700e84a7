import { useVirtualizer } from "@tanstack/react-virtual"
import { GripVertical, ListMusic, X } from "lucide-react"
import { useEffect, useRef, useState } from "react"

import { clearQueue, jumpTo, moveInQueue, removeFromQueue } from "@/player/engine/controls"
import type { QueueItem } from "@/player/engine/queue"
import { usePlayer } from "@/player/engine/store"
import styles from "@/player/panels/Panel.module.css"
import { useReorder } from "@/player/panels/useReorder"
import { cx } from "@/shared/format/classes"
import { Button, IconButton } from "@/shared/ui/Button"
import { Cover } from "@/shared/ui/Cover"
import { Empty } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

const ROW_HEIGHT = 58
const SHOWN_BEFORE = 1

interface RowProps {
  item: QueueItem
  top: number
  state: "past" | "present" | "coming"
  dragged: boolean
  handle: ReturnType<ReturnType<typeof useReorder>["handle"]>
}

function Row({ item, top, state, dragged, handle }: RowProps) {
  const words = useWords()
  const { title, artist, id, cover } = item.track
  return (
    <li
      className={cx(styles.item, state !== "coming" && styles[state], dragged && styles.dragged)}
      style={{ transform: `translateY(${top}px)` }}
      aria-current={state === "present" || undefined}
    >
      <button
        type="button"
        className={styles.play}
        onClick={() => {
          jumpTo(item.key)
        }}
      >
        <Cover kind="tracks" id={id} cover={cover} size={96} className={styles.cover} />
        <span className="hidden-but-read">{`${words.player.play} `}</span>
        <span className={styles.words}>
          <span className={cx(styles.title, "ellipsis")}>{title}</span>
          <span className={cx(styles.artist, "ellipsis")}>{artist || words.unknownArtist}</span>
        </span>
      </button>
      <IconButton
        size="s"
        label={words.player.removeFromQueue(title)}
        onClick={() => {
          removeFromQueue(item.key)
        }}
      >
        <X size={16} />
      </IconButton>
      <IconButton
        size="s"
        className={styles.grip}
        label={words.player.moveInQueue(title)}
        data-grip={item.key}
        {...handle}
      >
        <GripVertical size={18} />
      </IconButton>
    </li>
  )
}

function Rows({ items, at }: { items: readonly QueueItem[]; at: number }) {
  const words = useWords().player
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const [said, setSaid] = useState("")
  const [focused, setFocused] = useState<string | null>(null)

  const move = (key: string, to: number) => {
    const name = items.find((item) => item.key === key)?.track.title ?? ""
    moveInQueue(key, to)
    setSaid(words.moved(name, to + 1))
    setFocused(key)
  }
  const { dragging, handle, placeOf } = useReorder(list, ROW_HEIGHT, items.length, move)
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions stay inside of this component
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    initialOffset: Math.max(0, at - SHOWN_BEFORE) * ROW_HEIGHT,
    initialRect: { width: 340, height: 600 },
  })
  useEffect(() => {
    // A row that was moved by keys keeps the focus on its handle.
    if (focused) list.current?.querySelector<HTMLElement>(`[data-grip="${focused}"]`)?.focus()
  }, [focused, items])

  return (
    <div ref={scroller} className={styles.scroll}>
      <p className="hidden-but-read" role="status">
        {said}
      </p>
      <ul
        ref={list}
        className={styles.list}
        style={{ height: virtualizer.getTotalSize() }}
        aria-label={words.queue}
      >
        {virtualizer.getVirtualItems().map(({ index }) => {
          const item = items[index]
          if (!item) return null
          const dragged = dragging?.key === item.key
          return (
            <Row
              key={item.key}
              item={item}
              top={dragged ? dragging.top : placeOf(index) * ROW_HEIGHT}
              state={index < at ? "past" : index === at ? "present" : "coming"}
              dragged={dragged}
              handle={handle(item.key, index)}
            />
          )
        })}
      </ul>
    </div>
  )
}

/** What played, plays and will play; rows move by their handles. */
export function QueuePanel() {
  const words = useWords().player
  const { items, at } = usePlayer((state) => state.queue)
  return (
    <section className={styles.panel} aria-label={words.queue}>
      <header className={styles.head}>
        <h2>{words.queue}</h2>
        {items.length > 0 && (
          <Button look="plain" onClick={clearQueue}>
            {words.clearQueue}
          </Button>
        )}
      </header>
      {items.length > 0 ? (
        <Rows items={items} at={at} />
      ) : (
        <Empty icon={<ListMusic size={28} />} title={words.queueEmpty} text={words.queueEmptyText} />
      )}
    </section>
  )
}

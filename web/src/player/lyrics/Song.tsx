import { LocateFixed } from "lucide-react"
import { memo, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react"

import { seekTo } from "@/player/engine/controls"
import { ChordTip } from "@/player/lyrics/Diagrams"
import { LineText } from "@/player/lyrics/LineText"
import { useLyricsSettings } from "@/player/lyrics/settings"
import { blocksOf, type Block } from "@/player/lyrics/song"
import styles from "@/player/lyrics/Song.module.css"
import { useFollowing } from "@/player/lyrics/useFollowing"
import { usePlace } from "@/player/lyrics/usePlace"
import type { SongLine } from "@/shared/api/lyrics"
import { cx } from "@/shared/format/classes"
import { Button } from "@/shared/ui/Button"
import { useWords } from "@/shared/words/words"

interface LineProps {
  line: SongLine
  state: "sung" | "now" | "coming"
  word: number
  reachable: boolean
  words: boolean
  chords: boolean
}

function hasSomething(line: SongLine, words: boolean, chords: boolean): boolean {
  return (words && line.text.trim() !== "") || (chords && line.chords.length > 0)
}

/** A line that is sung; a press goes there. */
const Line = memo(function Line({ line, state, word, reachable, words, chords }: LineProps) {
  if (!hasSomething(line, words, chords)) return words ? <p className={styles.pause} /> : null
  const text = <LineText line={line} words={words} chords={chords} word={word} />
  const start = line.start_ms
  const gap = line.gap && styles.gap
  if (start === null) return <p className={cx(styles.line, gap)}>{text}</p>
  return (
    <button
      type="button"
      className={cx(styles.line, styles.timed, styles[state], gap)}
      data-line={line.index}
      tabIndex={reachable ? 0 : -1}
      aria-current={state === "now" || undefined}
      aria-label={line.text.trim() || line.chords.map(({ name }) => name).join(" ")}
      onClick={() => {
        seekTo(start)
      }}
    >
      {text}
    </button>
  )
})

/** Move from line to line by the arrow keys. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const here = (event.target as Element).closest("button[data-line]")
  if (step === undefined || !here) return
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>("button[data-line]")]
  const next = all[all.indexOf(here as HTMLElement) + step]
  event.preventDefault()
  event.stopPropagation()
  next?.focus()
}

interface Tip {
  name: string
  x: number
  y: number
}

/** Which chord the pointer is over, and where. */
function useChordTip(): [Tip | null, (event: PointerEvent) => void, () => void] {
  const [tip, setTip] = useState<Tip | null>(null)
  const onOver = (event: PointerEvent) => {
    const chord = (event.target as Element).closest<HTMLElement>("[data-chord]")
    const name = chord?.dataset.chord
    if (!chord || !name || event.pointerType === "touch") {
      setTip(null)
      return
    }
    const { left, top, width } = chord.getBoundingClientRect()
    setTip({ name, x: left + width / 2, y: top - 4 })
  }
  const clear = () => {
    setTip(null)
  }
  return [tip, onOver, clear]
}

function stateOf(index: number, now: number): LineProps["state"] {
  return index === now ? "now" : index < now ? "sung" : "coming"
}

interface BlockViewProps {
  block: Block
  now: number
  word: number
  reachable: number
}

function BlockView({ block, now, word, reachable }: BlockViewProps) {
  const words = useWords().lyrics
  const settings = useLyricsSettings()
  if (block.kind === "section") return <h3 className={styles.section}>{block.name}</h3>
  if (block.kind === "tab") {
    // It scrolls sideways, so the keyboard must reach it.
    return (
      <pre className={styles.tab} tabIndex={0} role="group" aria-label={words.tab}>
        {block.text}
      </pre>
    )
  }
  const { line } = block
  if (block.kind === "comment") return <p className={styles.comment}>{line.text}</p>
  const state = stateOf(line.index, now)
  return (
    <Line
      line={line}
      state={state}
      word={state === "now" ? word : -1}
      reachable={line.index === reachable}
      words={settings.words || !settings.chords}
      chords={settings.chords}
    />
  )
}

/** The lines of a song, which follow the music until somebody scrolls. */
export function Song({ lines }: { lines: readonly SongLine[] }) {
  const words = useWords()
  const { size, instrument } = useLyricsSettings()
  const scroller = useRef<HTMLDivElement>(null)
  const blocks = useMemo(() => blocksOf(lines), [lines])
  const place = usePlace(lines)
  const now = lines[place.line]?.index ?? -1
  const [following, follow] = useFollowing(scroller, now)
  const [tip, onOver, clearTip] = useChordTip()
  const first = lines.find(({ kind, start_ms: start }) => kind === "line" && start !== null)?.index ?? -1
  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroll}
        tabIndex={0}
        role="region"
        aria-label={words.player.lyrics}
      >
        <div
          className={styles.song}
          style={{ fontSize: size }}
          onKeyDown={walk}
          onPointerOver={onOver}
          onPointerLeave={clearTip}
        >
          {blocks.map((block) => (
            <BlockView
              key={`${block.kind} ${block.key}`}
              block={block}
              now={now}
              word={place.word}
              reachable={now >= 0 ? now : first}
            />
          ))}
        </div>
      </div>
      {!following && now >= 0 && (
        <Button className={styles.follow} icon={<LocateFixed size={17} />} onClick={follow}>
          {words.lyrics.follow}
        </Button>
      )}
      {tip && instrument !== "none" && <ChordTip {...tip} instrument={instrument} />}
    </div>
  )
}

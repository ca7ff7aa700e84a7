import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Play, X } from "lucide-react"

import styles from "@/features/home/Lines.module.css"
import { playTracks } from "@/player/engine/controls"
import { bookmarksQuery, deleteBookmark, type Bookmark } from "@/shared/api/listening"
import { cx } from "@/shared/format/classes"
import { clock, lasting } from "@/shared/format/time"
import { IconButton } from "@/shared/ui/Button"
import { Cover } from "@/shared/ui/Cover"
import { Section } from "@/shared/ui/Page"
import { Progress } from "@/shared/ui/Progress"
import { useLocale, useWords } from "@/shared/words/words"

const MOST = 6

function Left({ bookmark }: { bookmark: Bookmark }) {
  const words = useWords()
  const locale = useLocale()
  const client = useQueryClient()
  const { track, position_ms: at, comment } = bookmark
  const forget = useMutation({
    mutationFn: () => deleteBookmark(track.id),
    onSettled: () => client.invalidateQueries({ queryKey: bookmarksQuery.queryKey }),
  })
  const label = words.listening.goOnWith(track.title, clock(at))
  const left = words.listening.left(lasting(Math.max(0, track.duration_ms - at), locale))
  return (
    <li className={styles.line}>
      <button
        type="button"
        className={styles.cover}
        aria-label={label}
        title={label}
        onClick={() => {
          playTracks([track], { at: 0, startMs: at })
        }}
      >
        <Cover kind="tracks" id={track.id} cover={track.cover} size={96} />
        <span className={styles.icon}>
          <Play size={18} fill="currentColor" />
        </span>
      </button>
      <span className={styles.words}>
        <span className={cx(styles.title, "ellipsis")}>{track.title}</span>
        <span className={cx(styles.text, "ellipsis")}>
          {[track.artist, left, comment].filter(Boolean).join(" · ")}
        </span>
        <Progress label={track.title} value={track.duration_ms > 0 ? at / track.duration_ms : 0} />
      </span>
      <IconButton
        size="s"
        label={words.listening.forget(track.title)}
        disabled={forget.isPending}
        onClick={() => {
          forget.mutate()
        }}
      >
        <X size={16} />
      </IconButton>
    </li>
  )
}

/** What one left in the middle, by the latest. */
export function GoOn() {
  const words = useWords().listening
  const all = useQuery(bookmarksQuery).data ?? []
  if (all.length === 0) return null
  const latest = all.toSorted((one, other) => other.changed_at.localeCompare(one.changed_at)).slice(0, MOST)
  return (
    <Section title={words.goOn}>
      <ul className={styles.lines} aria-label={words.goOn}>
        {latest.map((bookmark) => (
          <Left key={bookmark.track.id} bookmark={bookmark} />
        ))}
      </ul>
    </Section>
  )
}

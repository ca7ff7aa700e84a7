import { Download, Pause, Play } from "lucide-react"

import styles from "@/features/sharing/SharedPage.module.css"
import type { Visit } from "@/features/sharing/visit"
import { sharedUrl } from "@/shared/api/shares"
import { cx } from "@/shared/format/classes"
import { clock } from "@/shared/format/time"
import { useWords } from "@/shared/words/words"

interface SharedTrackRowProps {
  visit: Visit
  index: number
  present: boolean
  playing: boolean
  onPress: () => void
}

/** A track behind a link; a press anywhere on it plays. */
export function SharedTrackRow({ visit, index, present, playing, onPress }: SharedTrackRowProps) {
  const words = useWords()
  const { page } = words.sharing
  const track = visit.page.tracks[index]
  if (!track) return null
  const { id, title, artist, album, duration_ms: length } = track
  return (
    <div
      role="listitem"
      aria-setsize={visit.page.tracks.length}
      aria-posinset={index + 1}
      aria-current={present || undefined}
      className={cx(styles.row, present && styles.present)}
    >
      <button type="button" className={styles.press} onClick={onPress}>
        <span className={styles.number}>
          {playing ? <Pause size={17} fill="currentColor" /> : <Play size={17} fill="currentColor" />}
          <i aria-hidden="true">{index + 1}</i>
        </span>
        <span className={styles.words}>
          <span className={cx(styles.title, "ellipsis")}>
            <span className="hidden-but-read">{playing ? page.pause : page.play} </span>
            {title}
          </span>
          <span className={cx(styles.artist, "ellipsis")}>
            {[artist || words.unknownArtist, album].filter(Boolean).join(" · ")}
          </span>
        </span>
        <span className={styles.length}>{clock(length)}</span>
      </button>
      {visit.page.may_download && (
        <a
          className={styles.download}
          href={sharedUrl(visit.slug, id, "download", { ticket: visit.ticket })}
          download
          aria-label={page.download(title)}
          title={page.download(title)}
        >
          <Download size={18} />
        </a>
      )}
    </div>
  )
}

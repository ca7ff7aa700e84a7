import { Check, Play } from "lucide-react"
import { Link } from "react-router"

import { dayName, withDays } from "@/features/history/days"
import styles from "@/features/history/History.module.css"
import { playTracks } from "@/player/engine/controls"
import { Names } from "@/player/tracks/Names"
import { useTrackMenu } from "@/player/tracks/trackMenu"
import type { PlayedTrack } from "@/shared/api/listening"
import { cx } from "@/shared/format/classes"
import { clock } from "@/shared/format/time"
import { Cover } from "@/shared/ui/Cover"
import { Menu } from "@/shared/ui/Menu"
import { VirtualList } from "@/shared/ui/Virtual"
import { named, useLocale, useWords } from "@/shared/words/words"

const ROW_HEIGHT = 64
/** The pages of what can be played from. */
const SOURCES: Record<string, string> = {
  album: "/albums",
  artist: "/artists",
  folder: "/folders",
  genre: "/genres",
  playlist: "/playlists",
}

/** Where somebody listened, with what, and out of what. */
function Where({ play }: Pick<PlayedTrack, "play">) {
  const words = useWords().listening.history
  const source = play.source && words.from(named(words.sources, play.source))
  const by = [play.device, play.client].filter(Boolean).join(" · ")
  const to = play.source && play.source_id && SOURCES[play.source]
  const all = [by, source].filter(Boolean).join(" · ")
  return (
    <span className={cx(styles.where, "ellipsis")} title={all}>
      {to && source ? (
        <>
          {by && `${by} · `}
          <Link to={`${to}/${play.source_id ?? ""}`}>{source}</Link>
        </>
      ) : (
        all
      )}
    </span>
  )
}

/** How long somebody listened, and whether it counts as heard. */
function HowLong({ play, track }: PlayedTrack) {
  const words = useWords().listening.history
  const heard = clock(play.listened_ms)
  const text = track ? words.heardOf(heard, clock(track.duration_ms)) : heard
  return (
    <span className={styles.long}>
      {play.listened ? (
        <Check size={15} role="img" aria-label={words.heard} className={styles.heard} />
      ) : (
        <span className="hidden-but-read">{words.skipped}</span>
      )}
      {text}
    </span>
  )
}

function Row({ play, track }: PlayedTrack) {
  const words = useWords()
  const locale = useLocale()
  const menu = useTrackMenu()
  const time = new Date(play.started_at).toLocaleTimeString(locale, { timeStyle: "short" })
  return (
    <div role="listitem" className={cx(styles.row, !track && styles.gone)}>
      <time dateTime={play.started_at} className={styles.time}>
        {time}
      </time>
      {track ? (
        <button
          type="button"
          className={styles.cover}
          aria-label={words.player.playTrack(track.title)}
          title={words.player.playTrack(track.title)}
          onClick={() => {
            playTracks([track], { at: 0 })
          }}
        >
          <Cover kind="tracks" id={track.id} cover={track.cover} size={96} />
          <Play size={18} fill="currentColor" className={styles.play} />
        </button>
      ) : (
        <span className={styles.cover} />
      )}
      <div className={styles.words}>
        <div className={cx(styles.title, "ellipsis")}>
          {track?.album_id ? (
            <Link to={`/albums/${track.album_id}`}>{track.title}</Link>
          ) : (
            (track?.title ?? words.listening.history.gone)
          )}
        </div>
        <div className={cx(styles.artist, "ellipsis")}>
          {track && <Names shown={track.artist || words.unknownArtist} artists={track.artists} />}
        </div>
      </div>
      <Where play={play} />
      <HowLong play={play} track={track} />
      {track ? (
        <Menu size="s" label={words.player.actionsFor(track.title)} items={() => menu(track)} />
      ) : (
        <span />
      )}
    </div>
  )
}

/** What was heard, day by day. */
export function HistoryList({ plays, more }: { plays: readonly PlayedTrack[]; more: () => void }) {
  const words = useWords().listening.history
  const locale = useLocale()
  const lines = withDays(plays, (moment) => dayName(moment, words, locale))
  return (
    <VirtualList count={lines.length} rowHeight={ROW_HEIGHT} label={words.title} onNearEnd={more}>
      {(index) => {
        const line = lines[index]
        if (!line) return null
        if (!("day" in line)) return <Row {...line} />
        return (
          <div role="listitem" className={styles.day}>
            <h2>{line.day}</h2>
          </div>
        )
      }}
    </VirtualList>
  )
}

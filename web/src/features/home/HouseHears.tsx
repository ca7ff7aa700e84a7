import { useQuery } from "@tanstack/react-query"
import { Pause, Play } from "lucide-react"
import { Link } from "react-router"

import styles from "@/features/home/Lines.module.css"
import { playTracks } from "@/player/engine/controls"
import { nowPlayingQuery, type NowPlaying } from "@/shared/api/listening"
import { cx } from "@/shared/format/classes"
import { useMe } from "@/shared/session/house"
import { Cover } from "@/shared/ui/Cover"
import { Section } from "@/shared/ui/Page"
import { useWords } from "@/shared/words/words"

function Hearing({ hearing }: { hearing: NowPlaying }) {
  const words = useWords()
  const { listener, track, device, client, state } = hearing
  const name = listener.display_name || listener.username
  const paused = state === "paused"
  const where = device || client
  const about = [where && words.listening.on(where), paused && words.listening.paused]
  return (
    <li className={styles.line}>
      <button
        type="button"
        className={styles.cover}
        aria-label={words.listening.hearToo(track.title)}
        title={words.listening.hearToo(track.title)}
        onClick={() => {
          playTracks([track], { at: 0 })
        }}
      >
        <Cover kind="tracks" id={track.id} cover={track.cover} size={96} />
        <span className={styles.icon}>
          {paused ? <Pause size={16} fill="currentColor" /> : <Play size={18} fill="currentColor" />}
        </span>
      </button>
      <span className={styles.words}>
        <span className={cx(styles.who, "ellipsis")}>
          <Link to={`/listeners/${encodeURIComponent(listener.username)}`}>{name}</Link>
          {about.filter(Boolean).map((part) => ` · ${String(part)}`)}
        </span>
        <span className={cx(styles.title, "ellipsis")}>
          {track.album_id ? <Link to={`/albums/${track.album_id}`}>{track.title}</Link> : track.title}
        </span>
        <span className={cx(styles.text, "ellipsis")}>{track.artist || words.unknownArtist}</span>
      </span>
    </li>
  )
}

/** What others of the house hear just now; each may hide it. */
export function HouseHears() {
  const words = useWords().listening
  const { id } = useMe().user
  const all = useQuery(nowPlayingQuery).data ?? []
  const others = all.filter(({ listener }) => listener.id !== id)
  if (others.length === 0) return null
  return (
    <Section title={words.houseHears}>
      <ul className={styles.lines} aria-label={words.houseHears}>
        {others.map((hearing) => (
          <Hearing key={`${hearing.listener.id} ${hearing.client} ${hearing.device}`} hearing={hearing} />
        ))}
      </ul>
    </Section>
  )
}

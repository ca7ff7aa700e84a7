import { useQuery } from "@tanstack/react-query"
import { Pause, Play } from "lucide-react"

import styles from "@/features/home/QuickPicks.module.css"
import { playTracks, togglePlay } from "@/player/engine/controls"
import { usePlayer, usePresent } from "@/player/engine/store"
import { pageQuery, trackSource } from "@/shared/api/catalogue"
import type { Track } from "@/shared/api/types"
import { cx } from "@/shared/format/classes"
import { Cover } from "@/shared/ui/Cover"
import { Section } from "@/shared/ui/Page"
import { useWords } from "@/shared/words/words"

const PICKS = 8
const RANDOM = { sort: "random" as const }

function Pick({ track, onPlay }: { track: Track; onPlay: () => void }) {
  const words = useWords()
  const present = usePresent()?.track.id === track.id
  const playing = usePlayer((state) => state.playing) && present
  return (
    <button
      type="button"
      className={cx(styles.pick, present && styles.present)}
      onClick={present ? togglePlay : onPlay}
    >
      <Cover kind="tracks" id={track.id} cover={track.cover} size={96} className={styles.cover} />
      <span className="hidden-but-read">{`${playing ? words.player.pause : words.player.play} `}</span>
      <span className={styles.words}>
        <span className={cx(styles.title, "ellipsis")}>{track.title}</span>
        <span className={cx(styles.artist, "ellipsis")}>{track.artist || words.unknownArtist}</span>
      </span>
      <span className={styles.icon}>
        {playing ? <Pause size={18} fill="currentColor" /> : <Play size={18} fill="currentColor" />}
      </span>
    </button>
  )
}

/** A handful to begin with at once: what one heard lately, and some that chance adds. */
export function QuickPicks({ lately }: { lately: readonly Track[] }) {
  const words = useWords().catalogue
  const items = useQuery({ ...pageQuery(trackSource(RANDOM), null), staleTime: Infinity }).data?.items ?? []
  const known = new Set(lately.map(({ id }) => id))
  const chance = items.filter(({ id }) => !known.has(id))
  const all = [...lately, ...chance]
  const picks = all.slice(0, PICKS)
  if (picks.length === 0) return null
  return (
    <Section title={lately.length >= PICKS / 2 ? words.lastPlayed : words.quickPicks}>
      <ul className={styles.picks}>
        {picks.map((track, at) => (
          <li key={track.id}>
            <Pick
              track={track}
              onPlay={() => {
                playTracks(all, { at, more: { filters: RANDOM, cursor: null } })
              }}
            />
          </li>
        ))}
      </ul>
    </Section>
  )
}

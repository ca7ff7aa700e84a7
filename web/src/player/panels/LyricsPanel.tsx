import { Expand, MicVocal } from "lucide-react"
import { Link } from "react-router"

import { usePlayerView, usePresent } from "@/player/engine/store"
import { LyricsView } from "@/player/lyrics/LyricsView"
import styles from "@/player/panels/Panel.module.css"
import { Empty } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

/** The words of what plays. */
export function LyricsPanel() {
  const words = useWords()
  const item = usePresent()
  return (
    <section className={styles.panel} aria-label={words.player.lyrics}>
      <header className={styles.head}>
        <h2>{words.player.lyrics}</h2>
        {item && (
          <Link
            to="/lyrics"
            className={styles.expand}
            aria-label={words.lyrics.large}
            title={words.lyrics.large}
            onClick={() => {
              usePlayerView.setState({ panel: null, full: false })
            }}
          >
            <Expand size={17} />
          </Link>
        )}
      </header>
      {item ? (
        <LyricsView key={item.track.id} track={item.track} />
      ) : (
        <Empty icon={<MicVocal size={28} />} title={words.player.nothing} />
      )}
    </section>
  )
}

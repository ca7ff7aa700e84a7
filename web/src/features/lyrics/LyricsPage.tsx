import { MicVocal, Printer } from "lucide-react"

import styles from "@/features/lyrics/LyricsPage.module.css"
import { usePresent } from "@/player/engine/store"
import { LyricsView } from "@/player/lyrics/LyricsView"
import { Names } from "@/player/tracks/Names"
import { IconButton } from "@/shared/ui/Button"
import { Cover } from "@/shared/ui/Cover"
import { useTitle } from "@/shared/ui/Page"
import { Empty } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

/** The words and chords of what plays, as large as the window, and to be printed. */
export default function LyricsPage() {
  const words = useWords()
  const item = usePresent()
  useTitle(words.lyrics.page)
  if (!item) {
    return (
      <Empty
        icon={<MicVocal size={30} />}
        title={words.lyrics.nothing}
        text={words.lyrics.nothingText}
        page
      />
    )
  }
  const { id, cover, title, artist, artists } = item.track
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Cover kind="tracks" id={id} cover={cover} size={96} className={styles.cover} />
        <div className={styles.about}>
          <h1>{title}</h1>
          <p>
            <Names shown={artist || words.unknownArtist} artists={artists} />
          </p>
        </div>
      </header>
      <LyricsView
        key={id}
        track={item.track}
        tools={
          <IconButton
            size="s"
            label={words.lyrics.print}
            onClick={() => {
              print()
            }}
          >
            <Printer size={17} />
          </IconButton>
        }
      />
    </div>
  )
}

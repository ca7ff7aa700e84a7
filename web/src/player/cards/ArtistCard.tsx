import { Link } from "react-router"

import styles from "@/player/cards/Card.module.css"
import { rangesOf, type MatchedText } from "@/shared/api/search"
import type { Artist } from "@/shared/api/types"
import { cx } from "@/shared/format/classes"
import { Cover } from "@/shared/ui/Cover"
import { Marked } from "@/shared/ui/Marked"
import { useWords } from "@/shared/words/words"

interface ArtistCardProps {
  artist: Artist
  /** What of it was sought. */
  matched?: readonly MatchedText[]
}

/** An artist in a grid. */
export function ArtistCard({ artist, matched }: ArtistCardProps) {
  const { counts } = useWords()
  const text = artist.album_count > 0 ? counts.albums(artist.album_count) : counts.tracks(artist.track_count)
  return (
    <article className={styles.card}>
      <Link to={`/artists/${artist.id}`} className={styles.link}>
        <Cover kind="artists" id={artist.id} cover={artist.cover} size={192} round className={styles.face} />
        <span className={cx(styles.title, "ellipsis")} title={artist.name}>
          <Marked text={artist.name} ranges={rangesOf(matched, "name")} />
        </span>
        <span className={cx(styles.text, "ellipsis")}>{text}</span>
      </Link>
    </article>
  )
}

import { useQueryClient } from "@tanstack/react-query"
import { Play } from "lucide-react"
import { Link } from "react-router"

import styles from "@/player/cards/Card.module.css"
import { playTracks } from "@/player/engine/controls"
import { albumQuery } from "@/shared/api/catalogue"
import { rangesOf, type MatchedText } from "@/shared/api/search"
import type { Album } from "@/shared/api/types"
import { cx } from "@/shared/format/classes"
import { Cover } from "@/shared/ui/Cover"
import { Marked } from "@/shared/ui/Marked"
import { toastProblem } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

interface AlbumCardProps {
  album: Album
  by?: "artist" | "year"
  /** What of it was sought. */
  matched?: readonly MatchedText[]
}

/** An album in a grid: its cover, name and artist; a press on the button plays it. */
export function AlbumCard({ album, by = "artist", matched }: AlbumCardProps) {
  const words = useWords()
  const client = useQueryClient()
  const play = async () => {
    try {
      const page = await client.query(albumQuery(album.id))
      playTracks(page.tracks, { source: { kind: "album", id: album.id } })
    } catch (error) {
      toastProblem(error)
    }
  }
  const text = by === "year" && album.year ? String(album.year) : album.artist || words.unknownArtist
  const years = rangesOf(matched, "year")
  return (
    <article className={styles.card}>
      <Link to={`/albums/${album.id}`} className={styles.link}>
        <Cover kind="albums" id={album.id} cover={album.cover} size={192} className={styles.cover} />
        <span className={cx(styles.title, "ellipsis")} title={album.title}>
          <Marked text={album.title} ranges={rangesOf(matched, "title")} />
        </span>
        <span className={cx(styles.text, "ellipsis")}>
          {years && (
            <>
              <Marked text={String(album.year)} ranges={years} />
              {" · "}
            </>
          )}
          <Marked text={text} ranges={rangesOf(matched, "artist")} />
        </span>
      </Link>
      <button
        type="button"
        className={styles.play}
        aria-label={words.catalogue.playAlbum(album.title)}
        title={words.catalogue.playAlbum(album.title)}
        onClick={() => void play()}
      >
        <Play size={22} fill="currentColor" />
      </button>
    </article>
  )
}

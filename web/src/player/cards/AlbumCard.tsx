import { useQueryClient } from "@tanstack/react-query"
import { Play } from "lucide-react"
import { Link } from "react-router"

import styles from "@/player/cards/Card.module.css"
import { playTracks } from "@/player/engine/controls"
import { albumQuery } from "@/shared/api/catalogue"
import type { Album } from "@/shared/api/types"
import { cx } from "@/shared/format/classes"
import { Cover } from "@/shared/ui/Cover"
import { toastProblem } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

/** An album in a grid: its cover, name and artist; a press on the button plays it. */
export function AlbumCard({ album, by = "artist" }: { album: Album; by?: "artist" | "year" }) {
  const words = useWords()
  const client = useQueryClient()
  const play = async () => {
    try {
      const page = await client.query(albumQuery(album.id))
      playTracks(page.tracks)
    } catch (error) {
      toastProblem(error)
    }
  }
  const text = by === "year" && album.year ? String(album.year) : album.artist || words.unknownArtist
  return (
    <article className={styles.card}>
      <Link to={`/albums/${album.id}`} className={styles.link}>
        <Cover kind="albums" id={album.id} cover={album.cover} size={192} className={styles.cover} />
        <span className={cx(styles.title, "ellipsis")} title={album.title}>
          {album.title}
        </span>
        <span className={cx(styles.text, "ellipsis")}>{text}</span>
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

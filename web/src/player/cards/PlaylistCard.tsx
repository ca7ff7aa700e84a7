import { useQueryClient } from "@tanstack/react-query"
import { Play, Sparkles } from "lucide-react"
import { Link } from "react-router"

import styles from "@/player/cards/Card.module.css"
import { playTracks } from "@/player/engine/controls"
import { entriesQuery, nameOf, playlistCover, type Playlist } from "@/shared/api/playlists"
import { cx } from "@/shared/format/classes"
import { useMe } from "@/shared/session/house"
import { Cover } from "@/shared/ui/Cover"
import { Menu, type MenuItem } from "@/shared/ui/Menu"
import { toastProblem } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

interface PlaylistCardProps {
  playlist: Playlist
  menu: () => readonly MenuItem[]
}

/** A playlist in a grid: its cover, name, and whose it is; a press on the button plays it. */
export function PlaylistCard({ playlist, menu }: PlaylistCardProps) {
  const words = useWords()
  const client = useQueryClient()
  const { user } = useMe()
  const { id, name, owner, smart, entry_count: count } = playlist
  const play = async () => {
    try {
      const entries = await client.query(entriesQuery(id))
      playTracks(
        entries.flatMap(({ track }) => track ?? []),
        { source: { kind: "playlist", id } },
      )
    } catch (error) {
      toastProblem(error)
    }
  }
  const facts = [
    ...(smart ? [words.collection.smart] : []),
    ...(count === null ? [] : [words.counts.tracks(count)]),
    ...(owner.id === user.id ? [] : [words.collection.by(nameOf(owner))]),
  ]
  return (
    <article className={styles.card}>
      <Link to={`/playlists/${id}`} className={styles.link}>
        <Cover kind="playlists" id={id} cover={playlistCover(playlist)} size={192} className={styles.cover} />
        <span className={cx(styles.title, styles.beside, "ellipsis")} title={name}>
          {smart && <Sparkles size={14} className={styles.sign} />}
          {name}
        </span>
        <span className={cx(styles.text, styles.beside, "ellipsis")}>{facts.join(" · ")}</span>
      </Link>
      <button
        type="button"
        className={styles.play}
        aria-label={words.catalogue.playAlbum(name)}
        title={words.catalogue.playAlbum(name)}
        onClick={() => void play()}
      >
        <Play size={22} fill="currentColor" />
      </button>
      <Menu size="s" className={styles.menu} label={words.player.actionsFor(name)} items={menu} />
    </article>
  )
}

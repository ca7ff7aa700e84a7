import {
  Download,
  Link2,
  ListEnd,
  ListPlus,
  ListStart,
  Pencil,
  Play,
  ScrollText,
  Shuffle,
} from "lucide-react"
import type { ReactNode } from "react"

import styles from "@/features/albums/AlbumPage.module.css"
import { downloadAll } from "@/features/albums/downloadAll"
import { addToQueue, playNext, playTracks } from "@/player/engine/controls"
import { Rating } from "@/player/marks/Rating"
import { StarButton } from "@/player/marks/StarButton"
import { Names } from "@/player/tracks/Names"
import type { Album, Track } from "@/shared/api/types"
import { lasting } from "@/shared/format/time"
import { useMay } from "@/shared/session/house"
import { Button } from "@/shared/ui/Button"
import { Cover } from "@/shared/ui/Cover"
import { openDialog } from "@/shared/ui/dialogs"
import { Glow } from "@/shared/ui/Glow"
import { Menu, type MenuItem } from "@/shared/ui/Menu"
import { useLocale, useWords } from "@/shared/words/words"

function Facts({ album }: { album: Album }) {
  const words = useWords()
  const locale = useLocale()
  const facts: ReactNode[] = [
    <Names key="artist" shown={album.artist || words.unknownArtist} artists={album.artists} />,
    ...(album.year ? [album.year] : []),
    words.counts.tracks(album.track_count),
    lasting(album.duration_ms, locale),
  ]
  return (
    <p className={styles.facts}>
      {facts.map((fact, index) => (
        <span key={index}>{fact}</span>
      ))}
    </p>
  )
}

function useAlbumMenu(album: Album, tracks: Track[]): () => MenuItem[] {
  const words = useWords()
  const mayEdit = useMay("library.edit")
  const mayDownload = useMay("library.download")
  const mayShare = useMay("shares.create")
  const size = 18
  const share: MenuItem = {
    label: words.sharing.share,
    icon: <Link2 size={size} />,
    onSelect: () => {
      openDialog({ kind: "share", target: { kind: "album", id: album.id }, name: album.title })
    },
  }
  const edit: MenuItem = {
    label: words.catalogue.editAlbum,
    icon: <Pencil size={size} />,
    apart: true,
    onSelect: () => {
      openDialog({ kind: "edit", tracks })
    },
  }
  const download: MenuItem = {
    label: words.catalogue.downloadAll,
    icon: <Download size={size} />,
    onSelect: () => {
      downloadAll(tracks)
    },
  }
  return () => [
    {
      label: words.player.playNext,
      icon: <ListStart size={size} />,
      onSelect: () => {
        playNext(tracks)
      },
    },
    {
      label: words.player.addToQueue,
      icon: <ListEnd size={size} />,
      onSelect: () => {
        addToQueue(tracks)
      },
    },
    {
      label: words.collection.addTo,
      icon: <ListPlus size={size} />,
      onSelect: () => {
        openDialog({ kind: "playlist", tracks })
      },
    },
    ...(mayShare ? [share] : []),
    {
      label: words.catalogue.credits,
      icon: <ScrollText size={size} />,
      apart: true,
      onSelect: () => {
        openDialog({ kind: "credits", album, tracks })
      },
    },
    ...(mayDownload ? [download] : []),
    ...(mayEdit ? [edit] : []),
  ]
}

/** The cover, name and facts of an album, and what to do with all of it. */
export function AlbumHead({ album, tracks }: { album: Album; tracks: Track[] }) {
  const words = useWords()
  const menu = useAlbumMenu(album, tracks)
  return (
    <header className={styles.head}>
      <Glow kind="albums" id={album.id} cover={album.cover} />
      <Cover
        kind="albums"
        id={album.id}
        cover={album.cover}
        size={384}
        eager
        alt={words.catalogue.coverOf(album.title)}
        className={styles.cover}
      />
      <div className={styles.about}>
        <span className={styles.kind}>
          {album.compilation ? words.catalogue.compilation : words.catalogue.album}
        </span>
        <h1>{album.title}</h1>
        <Facts album={album} />
        <div className={styles.actions}>
          <Button
            look="primary"
            icon={<Play size={18} fill="currentColor" />}
            onClick={() => {
              playTracks(tracks, { source: { kind: "album", id: album.id } })
            }}
          >
            {words.catalogue.play}
          </Button>
          <Button
            icon={<Shuffle size={18} />}
            onClick={() => {
              playTracks(tracks, { shuffle: true, source: { kind: "album", id: album.id } })
            }}
          >
            {words.catalogue.shuffle}
          </Button>
          <StarButton kind="album" id={album.id} name={album.title} />
          <Rating kind="album" id={album.id} name={album.title} />
          <Menu label={words.player.actionsFor(album.title)} items={menu} />
        </div>
      </div>
    </header>
  )
}

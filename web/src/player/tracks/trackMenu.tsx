import { useQuery } from "@tanstack/react-query"
import {
  Disc3,
  Download,
  FolderOpen,
  Heart,
  Info,
  Link2,
  ListEnd,
  ListPlus,
  ListStart,
  MicVocal,
  Pencil,
  Trash2,
} from "lucide-react"

import { addToQueue, playNext } from "@/player/engine/controls"
import { ratingItem } from "@/player/marks/ratingItem"
import { starredIdsQuery, useSetStar } from "@/shared/api/stars"
import type { Track } from "@/shared/api/types"
import { useMay } from "@/shared/session/house"
import { openDialog } from "@/shared/ui/dialogs"
import type { MenuItem } from "@/shared/ui/Menu"
import { useWords } from "@/shared/words/words"

const ICON = 18

/** The choices for a track. Whose corrections are allowed is decided by the server: members may edit their own. */
export function useTrackMenu(): (track: Track) => MenuItem[] {
  const words = useWords()
  const mayDownload = useMay("library.download")
  const mayEdit = useMay("library.edit")
  const share = useShareItem()
  const star = useStarItem()
  return (track) => [
    {
      label: words.player.playNext,
      icon: <ListStart size={ICON} />,
      onSelect: () => {
        playNext([track])
      },
    },
    {
      label: words.player.addToQueue,
      icon: <ListEnd size={ICON} />,
      onSelect: () => {
        addToQueue([track])
      },
    },
    {
      label: words.collection.addTo,
      icon: <ListPlus size={ICON} />,
      onSelect: () => {
        openDialog({ kind: "playlist", tracks: [track] })
      },
    },
    star(track),
    ...share(track),
    ratingItem("track", track.id, track.title, words.listening.rating),
    ...places(track, words.player),
    {
      label: words.player.about,
      icon: <Info size={ICON} />,
      apart: true,
      onSelect: () => {
        openDialog({ kind: "about", track })
      },
    },
    ...(mayDownload
      ? [
          {
            label: words.catalogue.download,
            icon: <Download size={ICON} />,
            download: `/api/v1/tracks/${track.id}/download`,
          },
        ]
      : []),
    ...(mayEdit
      ? [
          {
            label: words.player.edit,
            icon: <Pencil size={ICON} />,
            apart: true,
            onSelect: () => {
              openDialog({ kind: "edit", tracks: [track] })
            },
          },
          {
            label: words.catalogue.binTrack,
            icon: <Trash2 size={ICON} />,
            danger: true,
            onSelect: () => {
              openDialog({ kind: "bin", track })
            },
          },
        ]
      : []),
  ]
}

/** Makes a public link, for those who may. */
function useShareItem(): (track: Track) => MenuItem[] {
  const words = useWords().sharing
  const mayShare = useMay("shares.create")
  if (!mayShare) return () => []
  return ({ id, title }) => [
    {
      label: words.share,
      icon: <Link2 size={ICON} />,
      onSelect: () => {
        openDialog({ kind: "share", target: { kind: "track", id }, name: title })
      },
    },
  ]
}

/** Gives a star, or takes it back. */
function useStarItem(): (track: Track) => MenuItem {
  const words = useWords().collection
  const starred = useQuery(starredIdsQuery).data?.track
  const setStar = useSetStar()
  return ({ id }) => {
    const on = starred?.has(id) ?? false
    return {
      label: on ? words.unstar : words.star,
      icon: <Heart size={ICON} fill={on ? "currentColor" : "none"} />,
      onSelect: () => {
        setStar({ kind: "track", id, on: !on })
      },
    }
  }
}

type PlayerWords = ReturnType<typeof useWords>["player"]

function places(
  { album_id: album, artists: [artist], folder_id: folder }: Track,
  words: PlayerWords,
): MenuItem[] {
  const found: MenuItem[] = []
  if (album) found.push({ label: words.goToAlbum, icon: <Disc3 size={ICON} />, to: `/albums/${album}` })
  if (artist)
    found.push({ label: words.goToArtist, icon: <MicVocal size={ICON} />, to: `/artists/${artist.id}` })
  if (folder)
    found.push({ label: words.goToFolder, icon: <FolderOpen size={ICON} />, to: `/folders/${folder}` })
  return found.map((item, index) => ({ ...item, apart: index === 0 }))
}

import {
  FileDown,
  FolderInput,
  Link2,
  ListEnd,
  ListPlus,
  ListStart,
  Pencil,
  SlidersHorizontal,
  Trash2,
} from "lucide-react"

import { addToQueue, playNext } from "@/player/engine/controls"
import type { Playlist } from "@/shared/api/playlists"
import type { Track } from "@/shared/api/types"
import { useMay, useMe } from "@/shared/session/house"
import { openDialog } from "@/shared/ui/dialogs"
import type { MenuItem } from "@/shared/ui/Menu"
import { useWords } from "@/shared/words/words"

/** What a menu can ask for. */
export type Asking = "details" | "move" | "export" | "delete"

const ICON = 18

/** The choices for a playlist and all of its tracks. */
export function usePlaylistMenu(
  playlist: Playlist,
  tracks: Track[],
  ask: (what: Asking) => void,
): () => MenuItem[] {
  const words = useWords()
  const { collection, player } = words
  const mayShare = useMay("shares.create")
  const mine = useMe().user.id === playlist.owner.id
  const kept = mine || playlist.followed || playlist.may_edit
  const { id, name, smart } = playlist
  const asks = (what: Asking) => () => {
    ask(what)
  }
  const queue: MenuItem[] = [
    {
      label: player.playNext,
      icon: <ListStart size={ICON} />,
      onSelect: () => {
        playNext(tracks)
      },
    },
    {
      label: player.addToQueue,
      icon: <ListEnd size={ICON} />,
      onSelect: () => {
        addToQueue(tracks)
      },
    },
    {
      label: collection.addTo,
      icon: <ListPlus size={ICON} />,
      onSelect: () => {
        openDialog({ kind: "playlist", tracks })
      },
    },
  ]
  const edit: MenuItem[] = [
    { label: collection.details, icon: <Pencil size={ICON} />, apart: true, onSelect: asks("details") },
    ...(smart
      ? [{ label: words.rules.edit, icon: <SlidersHorizontal size={ICON} />, to: `/playlists/${id}/rules` }]
      : []),
  ]
  const share: MenuItem = {
    label: words.sharing.share,
    icon: <Link2 size={ICON} />,
    apart: true,
    onSelect: () => {
      openDialog({ kind: "share", target: { kind: "playlist", id }, name })
    },
  }
  return () => [
    ...(tracks.length > 0 ? queue : []),
    ...(mine ? edit : []),
    ...(kept
      ? [{ label: collection.moveTo, icon: <FolderInput size={ICON} />, onSelect: asks("move") }]
      : []),
    ...(mayShare ? [share] : []),
    { label: collection.export, icon: <FileDown size={ICON} />, onSelect: asks("export") },
    ...(mine
      ? [
          {
            label: collection.delete,
            icon: <Trash2 size={ICON} />,
            danger: true,
            apart: true,
            onSelect: asks("delete"),
          },
        ]
      : []),
  ]
}

import type { ReactNode } from "react"

import { DeletePlaylistDialog } from "@/features/playlists/DeletePlaylistDialog"
import { DetailsDialog } from "@/features/playlists/DetailsDialog"
import { ExportDialog } from "@/features/playlists/ExportDialog"
import { MoveDialog } from "@/features/playlists/MoveDialog"
import type { Asking } from "@/features/playlists/playlistMenu"
import type { Playlist } from "@/shared/api/playlists"

interface PlaylistDialogsProps {
  asking: Asking
  /** What the playlist was opened by: its id or its link. */
  place: string
  playlist: Playlist
  onClose: () => void
}

/** The dialog that the menu of a playlist asked for. */
export function PlaylistDialogs({ asking, place, playlist, onClose }: PlaylistDialogsProps) {
  const dialogs: Record<Asking, () => ReactNode> = {
    details: () => <DetailsDialog id={playlist.id} onClose={onClose} />,
    move: () => <MoveDialog playlist={playlist} onClose={onClose} />,
    export: () => <ExportDialog place={place} playlist={playlist} onClose={onClose} />,
    delete: () => <DeletePlaylistDialog playlist={playlist} onClose={onClose} />,
  }
  return dialogs[asking]()
}

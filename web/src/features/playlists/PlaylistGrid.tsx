import { useState } from "react"

import { PlaylistDialogs } from "@/features/playlists/PlaylistDialogs"
import { usePlaylistMenu, type Asking } from "@/features/playlists/playlistMenu"
import { PlaylistCard } from "@/player/cards/PlaylistCard"
import type { Playlist } from "@/shared/api/playlists"
import { rowsOf } from "@/shared/api/useListing"
import { VirtualGrid } from "@/shared/ui/VirtualGrid"

function Card({ playlist }: { playlist: Playlist }) {
  const [asking, setAsking] = useState<Asking | null>(null)
  const menu = usePlaylistMenu(playlist, [], setAsking)
  return (
    <>
      <PlaylistCard playlist={playlist} menu={menu} />
      {asking && (
        <PlaylistDialogs
          asking={asking}
          place={playlist.id}
          playlist={playlist}
          onClose={() => {
            setAsking(null)
          }}
        />
      )}
    </>
  )
}

/** Playlists as cards, each with its menu. */
export function PlaylistGrid({ label, playlists }: { label: string; playlists: readonly Playlist[] }) {
  return (
    <VirtualGrid rows={rowsOf(playlists)} label={label}>
      {(playlist) => <Card key={playlist.id} playlist={playlist} />}
    </VirtualGrid>
  )
}

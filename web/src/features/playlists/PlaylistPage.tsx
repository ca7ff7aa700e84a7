import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { useParams } from "react-router"

import { Entries } from "@/features/playlists/Entries"
import { PlaylistDialogs } from "@/features/playlists/PlaylistDialogs"
import { PlaylistHead } from "@/features/playlists/PlaylistHead"
import styles from "@/features/playlists/PlaylistPage.module.css"
import { usePlaylistMenu, type Asking } from "@/features/playlists/playlistMenu"
import { entriesQuery, playlistQuery, type PlaylistDetails } from "@/shared/api/playlists"
import { useTitle } from "@/shared/ui/Page"
import { Shown } from "@/shared/ui/States"

/** So often it is looked whether others changed what several may change. */
const LOOK_MS = 20_000

function PlaylistView({ place, playlist }: { place: string; playlist: PlaylistDetails }) {
  const query = useQuery(entriesQuery(place))
  const [asking, setAsking] = useState<Asking | null>(null)
  const tracks = (query.data ?? []).flatMap(({ track }) => track ?? [])
  const menu = usePlaylistMenu(playlist, tracks, setAsking)
  useTitle(playlist.name)
  return (
    <div className={styles.page}>
      <PlaylistHead place={place} playlist={playlist} tracks={tracks} menu={menu} />
      <Entries place={place} playlist={playlist} />
      {asking && (
        <PlaylistDialogs
          asking={asking}
          place={place}
          playlist={playlist}
          onClose={() => {
            setAsking(null)
          }}
        />
      )}
    </div>
  )
}

/** The tracks of a playlist, in its order; it may be opened by its link. */
export default function PlaylistPage() {
  const { id = "" } = useParams()
  const query = useQuery({
    ...playlistQuery(id),
    refetchInterval: ({ state: { data } }) => (data && data.collaborative !== "none" ? LOOK_MS : false),
  })
  return <Shown query={query}>{(playlist) => <PlaylistView key={id} place={id} playlist={playlist} />}</Shown>
}

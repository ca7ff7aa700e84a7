import { useQueryClient } from "@tanstack/react-query"
import { useLocation, useNavigate } from "react-router"

import { deletePlaylist, entriesQuery, playlistQuery, type Playlist } from "@/shared/api/playlists"
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog"
import { toast } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

/** Asks before a playlist goes. */
export function DeletePlaylistDialog({ playlist, onClose }: { playlist: Playlist; onClose: () => void }) {
  const words = useWords().collection
  const client = useQueryClient()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  return (
    <ConfirmDialog
      question={words.deleteQuestion(playlist.name)}
      text={words.deleteText}
      action={words.delete}
      onConfirm={async () => {
        const own = [playlistQuery(playlist.id), entriesQuery(playlist.id)]
        // What is on its way would come when the playlist is gone.
        await Promise.all(own.map(({ queryKey }) => client.cancelQueries({ queryKey })))
        await deletePlaylist(playlist.id)
        toast(words.deleted)
        if (pathname.startsWith("/playlists/")) await navigate("/playlists", { replace: true })
        // Its page, where it is still there, would ask for it again.
        for (const { queryKey } of own) client.removeQueries({ queryKey, type: "inactive" })
        await client.invalidateQueries({ queryKey: ["playlists", "all"] })
      }}
      onClose={onClose}
    />
  )
}

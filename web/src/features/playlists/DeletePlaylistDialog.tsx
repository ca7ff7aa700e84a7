import { useQueryClient } from "@tanstack/react-query"
import { useLocation, useNavigate } from "react-router"

import { deletePlaylist, playlistQuery, type Playlist } from "@/shared/api/playlists"
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
        await deletePlaylist(playlist.id)
        toast(words.deleted)
        if (pathname.startsWith("/playlists/")) await navigate("/playlists", { replace: true })
        client.removeQueries({ queryKey: playlistQuery(playlist.id).queryKey })
        await client.invalidateQueries({ queryKey: ["playlists", "all"] })
      }}
      onClose={onClose}
    />
  )
}

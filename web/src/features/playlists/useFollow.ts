import { useQueryClient } from "@tanstack/react-query"

import { followPlaylist, type Playlist } from "@/shared/api/playlists"
import { toast, toastProblem } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

/** Has a playlist of others among one's own, or no longer. */
export function useFollow(): (playlist: Playlist, on: boolean) => Promise<void> {
  const words = useWords().collection
  const client = useQueryClient()
  return async ({ id, link }, on) => {
    try {
      await followPlaylist(link ?? id, on)
      if (on) toast(words.followed)
      await client.invalidateQueries({ queryKey: ["playlists"] })
    } catch (error) {
      toastProblem(error)
    }
  }
}

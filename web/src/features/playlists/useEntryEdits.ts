import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useEffect, useRef } from "react"

import { movedBefore } from "@/features/playlists/order"
import {
  editEntries,
  entriesQuery,
  playlistQuery,
  type PlaylistDetails,
  type PlaylistEdits,
  type PlaylistEntry,
} from "@/shared/api/playlists"

interface Wish {
  edits: PlaylistEdits
  now: (entries: readonly PlaylistEntry[]) => PlaylistEntry[]
}

interface EntryEdits {
  /** Put an entry before another; null: at the end. */
  move: (id: string, before: string | null) => void
  remove: (id: string) => void
}

/** Edits of a playlist's entries, which show at once; one is sent after the other, each to the version before. */
export function useEntryEdits(ref: string, { version }: PlaylistDetails): EntryEdits {
  const client = useQueryClient()
  const mutationKey = ["playlists", "edits", ref]
  const entriesKey = entriesQuery(ref).queryKey
  const playlistKey = playlistQuery(ref).queryKey
  const { mutate } = useMutation({
    mutationKey,
    scope: { id: mutationKey.join(" ") },
    mutationFn: ({ edits }: Wish) =>
      editEntries(ref, edits, client.getQueryData(playlistKey)?.version ?? version),
    onMutate: async ({ now }) => {
      await client.cancelQueries({ queryKey: entriesKey, exact: true })
      client.setQueryData(entriesKey, (entries) => entries && now(entries))
    },
    onSuccess: ({ version: reached }) => {
      client.setQueryData(playlistKey, (playlist) => playlist && { ...playlist, version: reached })
    },
    onSettled: async () => {
      if (client.isMutating({ mutationKey }) === 1)
        await client.invalidateQueries({ queryKey: ["playlists"] })
    },
  })

  // What others did comes with a new version of the playlist.
  const known = useRef(version)
  useEffect(() => {
    if (version === known.current) return
    known.current = version
    const mine = client.isMutating({ mutationKey: ["playlists", "edits", ref] }) > 0
    if (!mine) void client.invalidateQueries({ queryKey: ["playlists", "entries", ref] })
  }, [client, ref, version])

  return {
    move: (id, before) => {
      mutate({
        edits: [{ kind: "move", entry_ids: [id], before }],
        now: (entries) => movedBefore(entries, id, before),
      })
    },
    remove: (id) => {
      mutate({
        edits: [{ kind: "remove", entry_ids: [id] }],
        now: (entries) => entries.filter((one) => one.id !== id),
      })
    },
  }
}

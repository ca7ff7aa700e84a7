import { queryOptions } from "@tanstack/react-query"

import { call } from "@/shared/api/call"
import type { Track } from "@/shared/api/types"

export interface Playlist {
  id: string
  name: string
  created_at: string
  changed_at: string
  entry_count: number
}

export interface PlaylistEntry {
  id: string
  track_id: string
  added_at: string
  /** Null: it cannot be heard any more. */
  track: Track | null
}

const FRESH_MS = 30_000
const PAGE = 500
const MOST_PAGES = 25

export const playlistsQuery = queryOptions({
  queryKey: ["playlists", "all"],
  queryFn: async ({ signal }) => (await call<{ items: Playlist[] }>("GET", "/playlists", { signal })).items,
  staleTime: FRESH_MS,
})

function at(id: string): string {
  return `/playlists/${encodeURIComponent(id)}`
}

export function playlistQuery(id: string) {
  return queryOptions({
    queryKey: ["playlists", "one", id],
    queryFn: ({ signal }) => call<Playlist>("GET", at(id), { signal }),
    staleTime: FRESH_MS,
  })
}

/** All entries of a playlist, in order. */
export function entriesQuery(id: string) {
  return queryOptions({
    queryKey: ["playlists", "entries", id],
    queryFn: async ({ signal }) => {
      const entries: PlaylistEntry[] = []
      let cursor: string | null = null
      for (let page = 0; page < MOST_PAGES; page++) {
        const query = { limit: PAGE, cursor }
        const more: { items: PlaylistEntry[]; next_cursor: string | null } = await call(
          "GET",
          `${at(id)}/entries`,
          {
            query,
            signal,
          },
        )
        entries.push(...more.items)
        cursor = more.next_cursor
        if (cursor === null) break
      }
      return entries
    },
    staleTime: FRESH_MS,
  })
}

export function createPlaylist(name: string, trackIds: readonly string[]): Promise<Playlist> {
  return call("POST", "/playlists", { body: { name, track_ids: trackIds } })
}

export function renamePlaylist(id: string, name: string): Promise<Playlist> {
  return call("PATCH", at(id), { body: { name } })
}

export function deletePlaylist(id: string): Promise<void> {
  return call("DELETE", at(id))
}

export function addToPlaylist(id: string, trackIds: readonly string[]): Promise<{ entry_ids: string[] }> {
  return call("POST", `${at(id)}/entries`, { body: { track_ids: trackIds } })
}

/** Put an entry before another; null: to the end. */
export function moveEntry(id: string, entryId: string, before: string | null): Promise<void> {
  return call("PATCH", `${at(id)}/entries/${encodeURIComponent(entryId)}`, { body: { before } })
}

export function removeEntry(id: string, entryId: string): Promise<void> {
  return call("DELETE", `${at(id)}/entries/${encodeURIComponent(entryId)}`)
}

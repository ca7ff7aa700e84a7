import { queryOptions } from "@tanstack/react-query"

import { api, take } from "@/shared/api/client"
import type { components } from "@/shared/api/schema"

type Schemas = components["schemas"]

export type Playlist = Schemas["Playlist"]
export type PlaylistEntry = Schemas["PlaylistEntry"]

const FRESH_MS = 30_000
const PAGE = 500
const MOST_PAGES = 25

export const playlistsQuery = queryOptions({
  queryKey: ["playlists", "all"],
  queryFn: async ({ signal }) => (await take(api.GET("/api/v1/playlists", { signal }))).items,
  staleTime: FRESH_MS,
})

function of(id: string) {
  return { params: { path: { playlist_id: id } } }
}

export function playlistQuery(id: string) {
  return queryOptions({
    queryKey: ["playlists", "one", id],
    queryFn: ({ signal }) => take(api.GET("/api/v1/playlists/{playlist_id}", { ...of(id), signal })),
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
        const params = { ...of(id).params, query: { limit: PAGE, cursor } }
        const more: Schemas["Page_PlaylistEntry_"] = await take(
          api.GET("/api/v1/playlists/{playlist_id}/entries", { params, signal }),
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
  return take(api.POST("/api/v1/playlists", { body: { name, track_ids: [...trackIds] } }))
}

export function renamePlaylist(id: string, name: string): Promise<Playlist> {
  return take(api.PATCH("/api/v1/playlists/{playlist_id}", { ...of(id), body: { name } }))
}

export async function deletePlaylist(id: string): Promise<void> {
  await take(api.DELETE("/api/v1/playlists/{playlist_id}", of(id)))
}

export function addToPlaylist(id: string, trackIds: readonly string[]): Promise<Schemas["Added"]> {
  const body = { track_ids: [...trackIds] }
  return take(api.POST("/api/v1/playlists/{playlist_id}/entries", { ...of(id), body }))
}

function entry(id: string, entryId: string) {
  return { params: { path: { playlist_id: id, entry_id: entryId } } }
}

/** Put an entry before another; null: to the end. */
export async function moveEntry(id: string, entryId: string, before: string | null): Promise<void> {
  const asked = { ...entry(id, entryId), body: { before } }
  await take(api.PATCH("/api/v1/playlists/{playlist_id}/entries/{entry_id}", asked))
}

export async function removeEntry(id: string, entryId: string): Promise<void> {
  await take(api.DELETE("/api/v1/playlists/{playlist_id}/entries/{entry_id}", entry(id, entryId)))
}

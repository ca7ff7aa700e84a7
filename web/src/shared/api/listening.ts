import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query"

import type { Page } from "@/shared/api/catalogue"
import { api, take } from "@/shared/api/client"
import type { components } from "@/shared/api/schema"

type Schemas = components["schemas"]

export type PlayedTrack = Schemas["PlayedTrack"]
export type NowPlaying = Schemas["NowPlaying"]
export type Bookmark = Schemas["Bookmark"]
export type SavedQueue = Schemas["SavedQueue"]
export type Preferences = Schemas["Preferences"]
export type PlaySourceKind = Schemas["Source"]

/** Out of what a track is played. */
export interface PlaySource {
  kind: PlaySourceKind
  id?: string
}

/** Which plays to show; null means any. `since` is the moment of the first. */
export interface PlayFilters {
  since: string | null
  client: string | null
  source: PlaySourceKind | null
  listened: boolean | null
}

const LIMIT = 100
const LOOK_EVERY_MS = 20_000

/** One's own listening, newest first. */
export function playsQuery(filters: PlayFilters) {
  return infiniteQueryOptions({
    queryKey: ["plays", "mine", filters],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...filters, limit: LIMIT, cursor: pageParam }
      return take(api.GET("/api/v1/me/plays", { params: { query }, signal }))
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<PlayedTrack>) => page.next_cursor,
  })
}

/** The listening of somebody who shows it. */
export function playsOfQuery(username: string) {
  return infiniteQueryOptions({
    queryKey: ["plays", "of", username],
    queryFn: ({ pageParam, signal }) => {
      const params = { path: { username }, query: { limit: LIMIT, cursor: pageParam } }
      return take(api.GET("/api/v1/listeners/{username}/plays", { params, signal }))
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<PlayedTrack>) => page.next_cursor,
  })
}

/** What the house hears just now. */
export const nowPlayingQuery = queryOptions({
  queryKey: ["now-playing"],
  queryFn: async ({ signal }) => (await take(api.GET("/api/v1/now-playing", { signal }))).items,
  refetchInterval: LOOK_EVERY_MS,
})

export const bookmarksQuery = queryOptions({
  queryKey: ["bookmarks"],
  queryFn: async ({ signal }) => (await take(api.GET("/api/v1/me/bookmarks", { signal }))).items,
})

/** The queue that one left last on some device; null where there is none. */
export const savedQueueQuery = queryOptions({
  queryKey: ["me", "queue"],
  queryFn: async ({ signal }): Promise<SavedQueue | null> =>
    (await take<SavedQueue | null>(api.GET("/api/v1/me/queue", { signal }))) ?? null,
  staleTime: Infinity,
})

export async function deleteBookmark(trackId: string): Promise<void> {
  await take(api.DELETE("/api/v1/tracks/{track_id}/bookmark", { params: { path: { track_id: trackId } } }))
}

export const preferencesQuery = queryOptions({
  queryKey: ["me", "preferences"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/me/preferences", { signal })),
})

/** Change what one prefers; what is left out stays. */
export function changePreferences(change: Partial<Pick<Preferences, "show_playing" | "show_history">>) {
  return take(api.PATCH("/api/v1/me/preferences", { body: change }))
}

import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  type InfiniteData,
  type QueryClient,
} from "@tanstack/react-query"

import { api, take } from "@/shared/api/client"
import type { AlbumFilters, Track, TrackFilters } from "@/shared/api/types"

/** A keyset page. */
export interface Page<T> {
  items: T[]
  next_cursor: string | null
}

const FRESH_MS = 60_000
const ALBUM_LIMIT = 120
const TRACK_LIMIT = 200
const RANDOM_LIMIT = 200

interface Loaded {
  state: { data?: { pages: unknown[] } | undefined }
}

/** A list read far down is not read anew from the top because a minute has passed. */
function listFreshness(query: Loaded): number {
  return (query.state.data?.pages.length ?? 0) > 3 ? Infinity : FRESH_MS
}

const paged = {
  initialPageParam: null as string | null,
  getNextPageParam: <T>(page: Page<T>) => page.next_cursor,
  staleTime: listFreshness,
  // Comparing a hundred thousand rows with their former selves costs more than drawing the forty one sees.
  structuralSharing: false,
}

export function albumsQuery(filters: AlbumFilters, limit = ALBUM_LIMIT) {
  return infiniteQueryOptions({
    ...paged,
    queryKey: ["catalogue", "list", "albums", filters, limit],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...filters, limit, cursor: pageParam }
      return take(api.GET("/api/v1/albums", { params: { query }, signal }))
    },
  })
}

/** One page of tracks, for lists and for a queue that goes on. */
export function tracksPage(filters: TrackFilters, cursor: string | null, signal?: AbortSignal) {
  const limit = filters.sort === "random" ? RANDOM_LIMIT : TRACK_LIMIT
  return take(api.GET("/api/v1/tracks", { params: { query: { ...filters, limit, cursor } }, signal }))
}

export function tracksQuery(filters: TrackFilters) {
  return infiniteQueryOptions({
    ...paged,
    queryKey: ["catalogue", "list", "tracks", filters],
    queryFn: ({ pageParam, signal }) => tracksPage(filters, pageParam, signal),
  })
}

export function artistsQuery(albumsOnly: boolean) {
  return infiniteQueryOptions({
    ...paged,
    queryKey: ["catalogue", "list", "artists", albumsOnly],
    queryFn: ({ pageParam, signal }) => {
      const query = { albums_only: albumsOnly, limit: ALBUM_LIMIT, cursor: pageParam }
      return take(api.GET("/api/v1/artists", { params: { query }, signal }))
    },
  })
}

export function albumQuery(id: string) {
  return queryOptions({
    queryKey: ["catalogue", "album", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/albums/{album_id}", { params: { path: { album_id: id } }, signal })),
    staleTime: FRESH_MS,
  })
}

export function artistQuery(id: string) {
  return queryOptions({
    queryKey: ["catalogue", "artist", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/artists/{artist_id}", { params: { path: { artist_id: id } }, signal })),
    staleTime: FRESH_MS,
  })
}

export function trackQuery(id: string) {
  return queryOptions({
    queryKey: ["catalogue", "track", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/tracks/{track_id}", { params: { path: { track_id: id } }, signal })),
    staleTime: FRESH_MS,
  })
}

export function sheetsQuery(id: string) {
  return queryOptions({
    queryKey: ["catalogue", "sheets", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/tracks/{track_id}/lyrics", { params: { path: { track_id: id } }, signal })),
    staleTime: FRESH_MS,
  })
}

export function genresQuery() {
  return queryOptions({
    queryKey: ["catalogue", "genres"],
    queryFn: ({ signal }) => take(api.GET("/api/v1/genres", { signal })),
    staleTime: FRESH_MS,
  })
}

export function librariesQuery() {
  return queryOptions({
    queryKey: ["catalogue", "libraries"],
    queryFn: ({ signal }) => take(api.GET("/api/v1/libraries", { signal })),
    staleTime: FRESH_MS,
  })
}

export function topFoldersQuery() {
  return queryOptions({
    queryKey: ["catalogue", "folders"],
    queryFn: ({ signal }) => take(api.GET("/api/v1/folders", { signal })),
    staleTime: FRESH_MS,
  })
}

export function folderQuery(id: string) {
  return queryOptions({
    queryKey: ["catalogue", "folder", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/folders/{folder_id}", { params: { path: { folder_id: id } }, signal })),
    staleTime: FRESH_MS,
  })
}

export function searchQuery(q: string, limit: number) {
  return queryOptions({
    queryKey: ["catalogue", "search", q, limit],
    queryFn: ({ signal }) => take(api.GET("/api/v1/search", { params: { query: { q, limit } }, signal })),
    staleTime: FRESH_MS,
    enabled: q.trim() !== "",
    placeholderData: keepPreviousData,
  })
}

/** Everything of the catalogue may have changed: lists begin anew at their top. */
export async function catalogueChanged(client: QueryClient): Promise<void> {
  await Promise.all([
    client.resetQueries({ queryKey: ["catalogue", "list"] }),
    client.invalidateQueries({
      queryKey: ["catalogue"],
      predicate: (query) => query.queryKey[1] !== "list",
    }),
  ])
}

/** Change or take out (null) one track wherever lists show it, without losing the reader's place in them. */
export async function trackChanged(client: QueryClient, id: string, now: Track | null): Promise<void> {
  client.setQueriesData<InfiniteData<Page<Track>>>({ queryKey: ["catalogue", "list", "tracks"] }, (data) => {
    if (!data) return data
    const swap = (track: Track) => (track.id !== id ? [track] : now ? [now] : [])
    return { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.flatMap(swap) })) }
  })
  await client.resetQueries({ queryKey: ["catalogue", "list", "albums"] })
  await client.resetQueries({ queryKey: ["catalogue", "list", "artists"] })
  await client.invalidateQueries({
    queryKey: ["catalogue"],
    predicate: (query) => query.queryKey[1] !== "list",
  })
}

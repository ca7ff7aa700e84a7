import { queryOptions, type QueryClient } from "@tanstack/react-query"

import { api, take } from "@/shared/api/client"
import type { paths } from "@/shared/api/schema"
import type { Album, AlbumFilters, Artist, Outline, Track, TrackFilters } from "@/shared/api/types"

/** A keyset page. */
export interface Page<T> {
  items: T[]
  next_cursor: string | null
}

const FRESH_MS = 60_000
const CARD_LIMIT = 120
const TRACK_LIMIT = 200
const OWN_LIMIT = 500
export const RANDOM_LIMIT = 200

/** Where a list comes from: page by page, and how long it is where that can be known. */
export interface Source<T> {
  key: readonly unknown[]
  limit: number
  page: (cursor: string | null, signal?: AbortSignal) => Promise<Page<T>>
  /** None for a list left to chance, which is a single page. */
  outline: ((signal: AbortSignal) => Promise<Outline>) | null
}

export function pageQuery<T>(source: Source<T>, cursor: string | null) {
  return queryOptions({
    queryKey: [...source.key, { cursor }],
    queryFn: ({ signal }) => source.page(cursor, signal),
    staleTime: FRESH_MS,
    // Comparing hundreds of rows with their former selves costs more than drawing the forty one sees.
    structuralSharing: false,
  })
}

export function outlineQuery<T>(source: Source<T>) {
  return queryOptions({
    queryKey: [...source.key, "outline"],
    queryFn: ({ signal }) => source.outline?.(signal) ?? null,
    staleTime: FRESH_MS,
  })
}

export function albumSource({ sort, ...filters }: AlbumFilters, limit = CARD_LIMIT): Source<Album> {
  return {
    key: ["catalogue", "list", "albums", sort, filters, limit],
    limit,
    page: (cursor, signal) => {
      const query = { sort, ...filters, limit, cursor }
      return take(api.GET("/api/v1/albums", { params: { query }, signal: signal ?? null }))
    },
    outline:
      sort === "random"
        ? null
        : (signal) => {
            const query = { sort, ...filters, limit }
            return take(api.GET("/api/v1/albums/outline", { params: { query }, signal }))
          },
  }
}

type OwnOrder = paths["/api/v1/me/albums"]["get"]["parameters"]["query"]["order"]

/** The albums one played, rated or starred, in the order of that: those that come first, in a single page. */
export function ownAlbumSource(order: OwnOrder): Source<Album> {
  return {
    key: ["plays", "albums", order],
    limit: OWN_LIMIT,
    page: async (_cursor, signal) => {
      const query = { order, limit: OWN_LIMIT }
      const { items } = await take(
        api.GET("/api/v1/me/albums", { params: { query }, signal: signal ?? null }),
      )
      return { items, next_cursor: null }
    },
    outline: null,
  }
}

export function trackSource({ sort, ...filters }: TrackFilters): Source<Track> {
  const limit = sort === "random" ? RANDOM_LIMIT : TRACK_LIMIT
  return {
    key: ["catalogue", "list", "tracks", sort, filters, limit],
    limit,
    page: (cursor, signal) => {
      const query = { sort, ...filters, limit, cursor }
      return take(api.GET("/api/v1/tracks", { params: { query }, signal: signal ?? null }))
    },
    outline:
      sort === "random"
        ? null
        : (signal) => {
            const query = { sort, ...filters, limit }
            return take(api.GET("/api/v1/tracks/outline", { params: { query }, signal }))
          },
  }
}

export function artistSource(albumsOnly: boolean): Source<Artist> {
  const limit = CARD_LIMIT
  return {
    key: ["catalogue", "list", "artists", albumsOnly, limit],
    limit,
    page: (cursor, signal) => {
      const query = { albums_only: albumsOnly, limit, cursor }
      return take(api.GET("/api/v1/artists", { params: { query }, signal: signal ?? null }))
    },
    outline: (signal) => {
      const query = { albums_only: albumsOnly, limit }
      return take(api.GET("/api/v1/artists/outline", { params: { query }, signal }))
    },
  }
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

/** Everything of the catalogue may have changed. */
export async function catalogueChanged(client: QueryClient): Promise<void> {
  await client.invalidateQueries({ queryKey: ["catalogue"] })
}

/** One track is another now wherever lists show it; its place in them stays until they are read anew. */
export async function trackChanged(client: QueryClient, now: Track): Promise<void> {
  const lists = ["catalogue", "list", "tracks"]
  client.setQueriesData<Page<Track> | Outline>({ queryKey: lists }, (data) => {
    if (!data || !("items" in data)) return data
    return { ...data, items: data.items.map((track) => (track.id === now.id ? now : track)) }
  })
  await client.invalidateQueries({
    queryKey: ["catalogue"],
    predicate: ({ queryKey: [, first, kind] }) => first !== "list" || kind !== "tracks",
  })
}

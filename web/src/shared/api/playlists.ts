import { queryOptions } from "@tanstack/react-query"

import { api, take } from "@/shared/api/client"
import type { components } from "@/shared/api/schema"

type Schemas = components["schemas"]

export type Playlist = Schemas["Playlist"]
export type PlaylistDetails = Schemas["PlaylistDetails"]
export type PlaylistEntry = Schemas["PlaylistEntry"]
export type PlaylistChange = Schemas["PlaylistChange"]
export type PlaylistEdits = Schemas["PlaylistEdits"]["edits"]
export type PlaylistFolder = Schemas["PlaylistFolder"]
export type PlaylistVersion = Schemas["PlaylistVersion"]
export type Contributor = Schemas["Contributor"]
export type Visibility = Schemas["Visibility"]
export type Collaborative = Schemas["Collaborative"]
export type ImportedPlaylist = Schemas["ImportedPlaylist"]
export type Repeats = Schemas["Repeats"]
export type PlaylistFormat = Schemas["PlaylistFormat"]

export const FORMATS: readonly PlaylistFormat[] = ["m3u8", "xspf", "jspf"]

const FRESH_MS = 30_000
const PAGE = 500
const MOST_PAGES = 25

interface Pages<T> {
  items: T[]
  next_cursor: string | null
}

/** All items of a paged list, up to a number that nobody reaches. */
async function whole<T>(page: (cursor: string | null) => Promise<Pages<T>>): Promise<T[]> {
  const all: T[] = []
  let cursor: string | null = null
  for (let turn = 0; turn < MOST_PAGES; turn++) {
    const more: Pages<T> = await page(cursor)
    all.push(...more.items)
    cursor = more.next_cursor
    if (cursor === null) break
  }
  return all
}

function listQuery(scope: "mine" | "house") {
  return queryOptions({
    queryKey: ["playlists", "all", scope],
    queryFn: ({ signal }) =>
      whole((cursor) =>
        take(api.GET("/api/v1/playlists", { params: { query: { scope, limit: PAGE, cursor } }, signal })),
      ),
    staleTime: FRESH_MS,
  })
}

/** Those one owns, edits or follows. */
export const playlistsQuery = listQuery("mine")
/** What others show to the house. */
export const housePlaylistsQuery = listQuery("house")

export const foldersQuery = queryOptions({
  queryKey: ["playlists", "folders"],
  queryFn: async ({ signal }) => (await take(api.GET("/api/v1/playlist-folders", { signal }))).items,
  staleTime: FRESH_MS,
})

function of(id: string) {
  return { params: { path: { playlist_id: id } } }
}

/** A playlist by its id or its link. */
export function playlistQuery(id: string) {
  return queryOptions({
    queryKey: ["playlists", "one", id],
    queryFn: ({ signal }) => take(api.GET("/api/v1/playlists/{playlist_id}", { ...of(id), signal })),
    staleTime: FRESH_MS,
  })
}

/** The entries of a playlist, in order: all of them, or those with some words. */
export function entriesQuery(id: string, words = "") {
  return queryOptions({
    queryKey: words ? ["playlists", "entries", id, words] : ["playlists", "entries", id],
    queryFn: ({ signal }) =>
      whole((cursor) => {
        const params = { ...of(id).params, query: { q: words, limit: PAGE, cursor } }
        return take(api.GET("/api/v1/playlists/{playlist_id}/entries", { params, signal }))
      }),
    staleTime: FRESH_MS,
  })
}

export function createPlaylist(body: Schemas["NewPlaylist"]): Promise<PlaylistDetails> {
  return take(api.POST("/api/v1/playlists", { body }))
}

export function changePlaylist(id: string, body: PlaylistChange): Promise<PlaylistDetails> {
  return take(api.PATCH("/api/v1/playlists/{playlist_id}", { ...of(id), body }))
}

export async function deletePlaylist(id: string): Promise<void> {
  await take(api.DELETE("/api/v1/playlists/{playlist_id}", of(id)))
}

/** Put tracks at the end; with "refuse", a problem tells how many are in it already and nothing is added. */
export function addToPlaylist(
  id: string,
  trackIds: readonly string[],
  repeats: Repeats,
): Promise<Schemas["Added"]> {
  const body = { track_ids: [...trackIds], repeats }
  return take(api.POST("/api/v1/playlists/{playlist_id}/entries", { ...of(id), body }))
}

/** Edit the entries, as they were in a version: what others did meanwhile is merged, or told as a conflict. */
export function editEntries(id: string, edits: PlaylistEdits, version: number): Promise<Schemas["Added"]> {
  return take(api.POST("/api/v1/playlists/{playlist_id}/edits", { ...of(id), body: { edits, version } }))
}

/** Have a playlist of others among one's own, or no longer. */
export async function followPlaylist(id: string, on: boolean): Promise<void> {
  const path = "/api/v1/playlists/{playlist_id}/follow"
  await take(on ? api.PUT(path, of(id)) : api.DELETE(path, of(id)))
}

/** Put a playlist into a folder of one's own; null: into none. */
export async function filePlaylist(id: string, folderId: string | null): Promise<void> {
  const body = { folder_id: folderId }
  await take(api.PUT("/api/v1/playlists/{playlist_id}/folder", { ...of(id), body }))
}

function ofFolder(id: string) {
  return { params: { path: { folder_id: id } } }
}

export function createFolder(name: string, parentId: string | null): Promise<PlaylistFolder> {
  return take(api.POST("/api/v1/playlist-folders", { body: { name, parent_id: parentId } }))
}

export function changeFolder(id: string, body: Schemas["PlaylistFolderChange"]): Promise<PlaylistFolder> {
  return take(api.PATCH("/api/v1/playlist-folders/{folder_id}", { ...ofFolder(id), body }))
}

export async function deleteFolder(id: string): Promise<void> {
  await take(api.DELETE("/api/v1/playlist-folders/{folder_id}", ofFolder(id)))
}

/** A file is sent as it is. */
function raw(file: Blob) {
  // The contract knows the bytes of a file as text.
  return { body: file as unknown as string, bodySerializer: () => file }
}

export async function setPlaylistCover(id: string, picture: Blob | null): Promise<void> {
  const path = "/api/v1/playlists/{playlist_id}/cover"
  const headers = { "Content-Type": picture?.type ?? "" }
  await take(picture ? api.PUT(path, { ...of(id), ...raw(picture), headers }) : api.DELETE(path, of(id)))
}

/** Make a playlist of a file, which names it; one that does not is called as the file is. */
export async function importPlaylist(file: File): Promise<ImportedPlaylist> {
  const headers = { "Content-Type": "application/octet-stream" }
  const unnamed = /\.m3u8?$/i.test(file.name) && !/^#PLAYLIST:/m.test(await file.text())
  const params = { query: { name: unnamed ? file.name.replace(/\.[^.]*$/, "").slice(0, 200) : "" } }
  return take(api.POST("/api/v1/playlists/import", { params, ...raw(file), headers }))
}

/** Where a playlist can be had as a file. */
export function fileUrl(id: string, format: PlaylistFormat): string {
  return `/api/v1/playlists/${encodeURIComponent(id)}/file?format=${format}`
}

/** Where the cover of a playlist is; what it is made of changes with its version. */
export function playlistCover({ cover, version }: Pick<Playlist, "cover" | "version">): string {
  return cover ?? `v${version}`
}

/** What somebody is called. */
export function nameOf({ display_name: name, username }: Contributor): string {
  return name || username
}

import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"

import { api, take } from "@/shared/api/client"
import type { components } from "@/shared/api/schema"

type Schemas = components["schemas"]
type StarredIds = Schemas["StarredIds"]

export type Marked = Schemas["Marked"]
export type Star = Schemas["Star"]

const TRACK = "/api/v1/tracks/{track_id}/star"
const ALBUM = "/api/v1/albums/{album_id}/star"
const ARTIST = "/api/v1/artists/{artist_id}/star"
const PLURALS = { track: "tracks", album: "albums", artist: "artists" } as const
const FRESH_MS = 60_000
const PAGE = 500
const MOST_PAGES = 20

export const starredIdsQuery = queryOptions({
  queryKey: ["stars", "ids"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/me/stars/ids", { signal })),
  select: ({ tracks, albums, artists }) => ({
    track: new Set(tracks),
    album: new Set(albums),
    artist: new Set(artists),
  }),
  staleTime: FRESH_MS,
})

/** Everything of a kind that has one's star, last starred first. */
export function starsQuery(kind: Marked) {
  return queryOptions({
    queryKey: ["stars", "list", kind],
    queryFn: async ({ signal }) => {
      const stars: Star[] = []
      let cursor: string | null = null
      for (let page = 0; page < MOST_PAGES; page++) {
        const query = { kind, limit: PAGE, cursor }
        const more: Schemas["Page_Star_"] = await take(
          api.GET("/api/v1/me/stars", { params: { query }, signal }),
        )
        stars.push(...more.items)
        cursor = more.next_cursor
        if (cursor === null) break
      }
      return stars
    },
    staleTime: FRESH_MS,
  })
}

function setStar(id: string, on: boolean): Record<Marked, () => Promise<unknown>> {
  const track = { params: { path: { track_id: id } } }
  const album = { params: { path: { album_id: id } } }
  const artist = { params: { path: { artist_id: id } } }
  return {
    track: () => take(on ? api.PUT(TRACK, track) : api.DELETE(TRACK, track)),
    album: () => take(on ? api.PUT(ALBUM, album) : api.DELETE(ALBUM, album)),
    artist: () => take(on ? api.PUT(ARTIST, artist) : api.DELETE(ARTIST, artist)),
  }
}

interface Wish {
  kind: Marked
  id: string
  on: boolean
}

function changed(ids: StarredIds, { kind, id, on }: Wish): StarredIds {
  const others = ids[PLURALS[kind]].filter((other) => other !== id)
  return { ...ids, [PLURALS[kind]]: on ? [id, ...others] : others }
}

/** Gives stars and takes them back; it shows at once. */
export function useSetStar(): (wish: Wish) => void {
  const client = useQueryClient()
  const { mutate } = useMutation({
    mutationFn: ({ kind, id, on }: Wish) => setStar(id, on)[kind](),
    onMutate: (wish) => {
      client.setQueryData(starredIdsQuery.queryKey, (ids) => ids && changed(ids, wish))
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["stars"] }),
  })
  return mutate
}

/** Whether something has one's star. */
export function useStarred(kind: Marked, id: string): boolean {
  return useQuery(starredIdsQuery).data?.[kind].has(id) ?? false
}

import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"

import { call } from "@/shared/api/call"
import type { Album, Artist, Track } from "@/shared/api/types"

export type Marked = "track" | "album" | "artist"

interface StarredIds {
  tracks: string[]
  albums: string[]
  artists: string[]
}

export interface Star {
  kind: Marked
  id: string
  starred_at: string
  track: Track | null
  album: Album | null
  artist: Artist | null
}

const PLURALS = { track: "tracks", album: "albums", artist: "artists" } as const
const FRESH_MS = 60_000
const PAGE = 500
const MOST_PAGES = 20

export const starredIdsQuery = queryOptions({
  queryKey: ["stars", "ids"],
  queryFn: ({ signal }) => call<StarredIds>("GET", "/me/stars/ids", { signal }),
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
        const more: { items: Star[]; next_cursor: string | null } = await call("GET", "/me/stars", {
          query,
          signal,
        })
        stars.push(...more.items)
        cursor = more.next_cursor
        if (cursor === null) break
      }
      return stars
    },
    staleTime: FRESH_MS,
  })
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
    mutationFn: ({ kind, id, on }: Wish) =>
      call<undefined>(on ? "PUT" : "DELETE", `/${PLURALS[kind]}/${encodeURIComponent(id)}/star`),
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

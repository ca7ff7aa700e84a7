import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"

import { api, take } from "@/shared/api/client"
import type { components } from "@/shared/api/schema"
import type { Marked } from "@/shared/api/stars"

/** What one thinks of something: when it got a star, its rating, how often one heard it. */
export type Marks = components["schemas"]["Marks"]

/** How long to wait for others to be asked for at the same time, and for how many at once. */
const GATHER_MS = 30
const MOST = 200
const FRESH_MS = 5 * 60_000

interface Waiting {
  id: string
  done: (marks: Marks | null) => void
  failed: (error: unknown) => void
}

const waiting: Record<Marked, Waiting[]> = { track: [], album: [], artist: [] }

async function ask(kind: Marked, all: readonly Waiting[]): Promise<void> {
  try {
    const ids = [...new Set(all.map(({ id }) => id))].join(",")
    const { marks } = await take(api.GET("/api/v1/me/marks", { params: { query: { kind, ids } } }))
    for (const { id, done } of all) done(marks[id] ?? null)
  } catch (error) {
    for (const { failed } of all) failed(error)
  }
}

/** Rows come by dozens: those that ask within a moment are asked for together. */
function gathered(kind: Marked, id: string): Promise<Marks | null> {
  return new Promise((done, failed) => {
    const all = waiting[kind]
    all.push({ id, done, failed })
    if (all.length === 1) {
      setTimeout(() => {
        const now = waiting[kind].splice(0)
        for (let from = 0; from < now.length; from += MOST) void ask(kind, now.slice(from, from + MOST))
      }, GATHER_MS)
    }
  })
}

function marksQuery(kind: Marked, id: string) {
  return queryOptions({
    queryKey: ["marks", kind, id],
    queryFn: () => gathered(kind, id),
    staleTime: FRESH_MS,
  })
}

/** One's rating of something, from 1 to 5; 0 while there is none. */
export function useRating(kind: Marked, id: string): number {
  return useQuery(marksQuery(kind, id)).data?.rating ?? 0
}

interface Wish {
  kind: Marked
  id: string
  /** From 1 to 5; 0 takes the rating back. */
  rating: number
}

function put({ kind, id, rating }: Wish): Promise<unknown> {
  const body = { rating }
  if (kind === "track") {
    return take(api.PUT("/api/v1/tracks/{track_id}/rating", { params: { path: { track_id: id } }, body }))
  }
  if (kind === "album") {
    return take(api.PUT("/api/v1/albums/{album_id}/rating", { params: { path: { album_id: id } }, body }))
  }
  return take(api.PUT("/api/v1/artists/{artist_id}/rating", { params: { path: { artist_id: id } }, body }))
}

/** Rates; it is seen at once, and undone when the server does not take it. */
export function useRate(): (wish: Wish) => void {
  const client = useQueryClient()
  const show = ({ kind, id, rating }: Wish) => {
    client.setQueryData(marksQuery(kind, id).queryKey, (marks) => ({
      starred_at: null,
      play_count: 0,
      last_played: null,
      ...marks,
      rating: rating || null,
    }))
  }
  return useMutation({
    mutationFn: put,
    onMutate: async (wish) => {
      const { queryKey } = marksQuery(wish.kind, wish.id)
      await client.cancelQueries({ queryKey })
      const before = client.getQueryData(queryKey)
      show(wish)
      return { before }
    },
    onError: (_error, wish, kept) => {
      client.setQueryData(marksQuery(wish.kind, wish.id).queryKey, kept?.before ?? null)
    },
  }).mutate
}

import { keepPreviousData, queryOptions } from "@tanstack/react-query"

import { api, take } from "@/shared/api/client"

export const SEARCH_KINDS = ["artists", "albums", "tracks", "playlists", "lyrics"] as const
export type SearchKind = (typeof SEARCH_KINDS)[number]

const FRESH_MS = 60_000

function ask(q: string, limit: number, kinds: readonly SearchKind[], signal: AbortSignal) {
  const query = { q, limit, kinds: kinds.join(",") }
  return take(api.GET("/api/v1/search", { params: { query }, signal }))
}

export type SearchResults = Awaited<ReturnType<typeof ask>>
export type PlaylistMatch = SearchResults["playlists"][number]
export type LyricsMatch = SearchResults["lyrics"][number]
/** A text in which something was found, and where: from and up to which character. */
export type MatchedText = SearchResults["tracks"][number]["matched"][number]

/** What is found for a text: of every kind, or only of some. What was found before stays until it is here. */
export function searchQuery(q: string, limit: number, kinds: readonly SearchKind[] = SEARCH_KINDS) {
  return queryOptions({
    queryKey: ["catalogue", "search", q, limit, kinds],
    queryFn: ({ signal }) => ask(q, limit, kinds, signal),
    staleTime: FRESH_MS,
    enabled: q.trim() !== "",
    placeholderData: keepPreviousData,
  })
}

/** Where in one of its texts something was found, if it was found there. */
export function rangesOf(
  matched: readonly MatchedText[] | undefined,
  field: string,
): MatchedText["ranges"] | undefined {
  return matched?.find((one) => one.field === field)?.ranges
}

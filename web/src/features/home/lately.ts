import { queryOptions } from "@tanstack/react-query"

import { api, take } from "@/shared/api/client"
import type { Track } from "@/shared/api/types"

const LAST_PLAYS = 60
const MOST_PICKS = 8

/** What one heard last. */
export function lastPlaysQuery() {
  return queryOptions({
    queryKey: ["plays"],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/me/plays", { params: { query: { limit: LAST_PLAYS } }, signal })),
  })
}

/** The tracks heard last, each once, newest first. */
export function heardLately(plays: readonly { track: Track | null }[]): Track[] {
  const found = new Map<string, Track>()
  for (const { track } of plays) if (track && !found.has(track.id)) found.set(track.id, track)
  return [...found.values()].slice(0, MOST_PICKS)
}

/** How to greet at an hour of the day. */
export function greetingOf(hour: number): "morning" | "afternoon" | "evening" {
  if (hour >= 5 && hour < 12) return "morning"
  return hour >= 12 && hour < 18 ? "afternoon" : "evening"
}

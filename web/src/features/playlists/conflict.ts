import { nameOf, type PlaylistVersion } from "@/shared/api/playlists"
import type { ProblemError } from "@/shared/api/problem"

/** What others did meanwhile, earliest first; null when a problem is none of that. */
export function conflictOf(problem: ProblemError | null): PlaylistVersion[] | null {
  if (problem?.code !== "playlist_changed") return null
  return Array.isArray(problem.changes) ? (problem.changes as PlaylistVersion[]) : []
}

/** Who did it, each once. */
export function namesIn(changes: readonly PlaylistVersion[], somebody: string): string {
  const names = new Set(changes.map(({ by }) => (by ? nameOf(by) : somebody)))
  return [...names].join(", ") || somebody
}

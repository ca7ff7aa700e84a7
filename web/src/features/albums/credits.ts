import type { ArtistRef, TrackDetails } from "@/shared/api/types"

export interface CreditLine {
  role: string
  people: { artist: ArtistRef; tracks: number }[]
}

/** Who did what on some tracks, the part most people had first. */
export function creditLines(details: readonly TrackDetails[]): CreditLine[] {
  const roles = new Map<string, Map<string, { artist: ArtistRef; tracks: number }>>()
  for (const { credits } of details) {
    for (const { role, artist } of credits) {
      const people = roles.get(role) ?? new Map<string, { artist: ArtistRef; tracks: number }>()
      const line = people.get(artist.id) ?? { artist, tracks: 0 }
      people.set(artist.id, { artist, tracks: line.tracks + 1 })
      roles.set(role, people)
    }
  }
  return [...roles].map(([role, people]) => ({
    role,
    people: [...people.values()].sort((one, other) => other.tracks - one.tracks),
  }))
}

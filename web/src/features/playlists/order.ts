import type { PlaylistEntry } from "@/shared/api/playlists"

/** Where an entry can be moved to by one press. */
export type Step = "up" | "down" | "first" | "last"

/** The entry before which another is to stand after a step, null for the end; undefined: it is there already. */
export function targetOf(
  entries: readonly PlaylistEntry[],
  place: number,
  step: Step,
): string | null | undefined {
  const last = entries.length - 1
  const wanted = { up: place - 1, down: place + 1, first: 0, last }[step]
  if (wanted < 0 || wanted > last || wanted === place) return undefined
  return targetAt(entries, place, wanted)
}

/** The entry before which one from a place is to stand to come to another; null: the end. */
export function targetAt(entries: readonly PlaylistEntry[], from: number, to: number): string | null {
  return entries[to > from ? to + 1 : to]?.id ?? null
}

/** The entries after one was put before another, or at the end. */
export function movedBefore(
  entries: readonly PlaylistEntry[],
  id: string,
  before: string | null,
): PlaylistEntry[] {
  const entry = entries.find((one) => one.id === id)
  const others = entries.filter((one) => one.id !== id)
  if (!entry) return others
  const place = before === null ? others.length : others.findIndex((one) => one.id === before)
  return others.toSpliced(place < 0 ? others.length : place, 0, entry)
}

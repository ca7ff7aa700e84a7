import { api, take } from "@/shared/api/client"
import type { Track } from "@/shared/api/types"
import { clock } from "@/shared/format/time"
import { toast } from "@/shared/ui/toasts"
import { wordsNow } from "@/shared/words/words"

/** What is at least as long is left in the middle and taken up there: a reading, a set, a whole concert. */
const LONG_MS = 15 * 60_000
/** So near to either end there is nothing to come back to. */
const EDGE_MS = 60_000
const PATIENCE_MS = 1_500

interface Place {
  positionMs: number
  comment: string
}

/** What this page itself noted, so that it need not ask. */
const places = new Map<string, Place>()

/** Notes are told one after the other, so that the last counts. */
let telling: Promise<unknown> = Promise.resolve()

function tell(note: () => Promise<unknown>, now: boolean): void {
  // A page that goes away cannot wait.
  telling = now ? note().catch(() => null) : telling.then(note).catch(() => null)
}

export function isLong({ duration_ms: length }: Track): boolean {
  return length >= LONG_MS
}

/** Where this page noted to be in a track. */
export function noted(trackId: string): number | undefined {
  return places.get(trackId)?.positionMs
}

function pathOf(trackId: string) {
  return { params: { path: { track_id: trackId } } }
}

/** Note where one is in a long track; near its ends the note is taken away. */
export function notePlace({ id, duration_ms: length }: Track, positionMs: number, leaving = false): void {
  const inside = positionMs > EDGE_MS && positionMs < length - EDGE_MS
  const before = places.get(id)
  const comment = before?.comment ?? ""
  places.set(id, { positionMs: inside ? positionMs : 0, comment })
  const path = "/api/v1/tracks/{track_id}/bookmark"
  const sent = { ...pathOf(id), keepalive: leaving }
  if (inside) {
    const body = { position_ms: Math.round(positionMs), comment }
    tell(() => take(api.PUT(path, { ...sent, body })), leaving)
  } else if (before && before.positionMs > 0) {
    tell(() => take(api.DELETE(path, sent)), leaving)
  }
}

async function askedPlace(trackId: string): Promise<Place | null> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const { items } = await take(api.GET("/api/v1/me/bookmarks", { signal }))
  const found = items.find(({ track }) => track.id === trackId)
  return found ? { positionMs: found.position_ms, comment: found.comment } : null
}

/** The moment at which one left a long track, on this device or another; 0 when there is none. */
export async function leftAt(track: Track): Promise<number> {
  if (!isLong(track)) return 0
  let place = places.get(track.id) ?? null
  if (!place || place.positionMs > 0) place = await askedPlace(track.id).catch(() => place)
  if (!place || place.positionMs >= track.duration_ms) return 0
  places.set(track.id, place)
  if (place.positionMs > 0) toast(wordsNow().listening.goesOnAt(clock(place.positionMs)))
  return place.positionMs
}

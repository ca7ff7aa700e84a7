import type { PlaySource } from "@/shared/api/listening"
import type { Track } from "@/shared/api/types"

/** A place in the queue; the same track may stand there twice, under two keys. */
export interface QueueItem {
  readonly key: string
  readonly track: Track
  /** Out of what it is played, where that is known. */
  readonly source?: PlaySource | undefined
}

/** What plays, in order. `unshuffled` remembers the order before shuffling, null while nothing is shuffled. */
export interface Queue {
  readonly items: readonly QueueItem[]
  /** The place of the present item, -1 when there is none. */
  readonly at: number
  readonly unshuffled: readonly string[] | null
}

export type Repeat = "off" | "all" | "one"
type Random = () => number

export const EMPTY: Queue = { items: [], at: -1, unshuffled: null }

let made = 0

/** Give tracks places of their own, unlike any that was given before. */
export function itemsOf(tracks: readonly Track[], source?: PlaySource): QueueItem[] {
  const now = Date.now().toString(36)
  return tracks.map((track) => ({
    key: `${now}-${(made++).toString(36)}`,
    track,
    ...(source ? { source } : {}),
  }))
}

/** The present item. */
export function present(queue: Queue): QueueItem | null {
  return queue.items[queue.at] ?? null
}

/** A queue of tracks that begins at one of them. */
export function queueOf(tracks: readonly Track[], at = 0, source?: PlaySource): Queue {
  if (tracks.length === 0) return EMPTY
  return {
    items: itemsOf(tracks, source),
    at: Math.max(0, Math.min(at, tracks.length - 1)),
    unshuffled: null,
  }
}

/** Every order equally likely (Fisher and Yates). */
function permuted<T>(values: readonly T[], random: Random): T[] {
  const mixed = [...values]
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const kept = mixed[last] as T
    mixed[last] = mixed[other] as T
    mixed[other] = kept
  }
  return mixed
}

/** Shuffle: the present item goes first, all others follow in a random order. */
export function shuffled(queue: Queue, random: Random = Math.random): Queue {
  const now = present(queue)
  const others = queue.items.filter((item) => item !== now)
  const items = [...(now ? [now] : []), ...permuted(others, random)]
  const unshuffled = queue.unshuffled ?? queue.items.map((item) => item.key)
  return { items, at: now ? 0 : -1, unshuffled }
}

/** Back to the order before shuffling, still at the same item. */
export function unshuffled(queue: Queue): Queue {
  if (!queue.unshuffled) return queue
  const place = new Map(queue.unshuffled.map((key, index) => [key, index]))
  const placeOf = (item: QueueItem) => place.get(item.key) ?? place.size
  const items = queue.items.toSorted((one, other) => placeOf(one) - placeOf(other))
  const now = present(queue)
  return { items, at: now ? items.indexOf(now) : -1, unshuffled: null }
}

/** Put keys after one of them in the order that unshuffling restores. */
function remember(
  order: readonly string[] | null,
  after: string | undefined,
  keys: string[],
): string[] | null {
  if (!order) return null
  const place = after === undefined ? -1 : order.indexOf(after)
  return place < 0 ? [...order, ...keys] : order.toSpliced(place + 1, 0, ...keys)
}

/** Let tracks play right after the present one. */
export function withNext(queue: Queue, tracks: readonly Track[], source?: PlaySource): Queue {
  if (queue.items.length === 0) return queueOf(tracks, 0, source)
  const added = itemsOf(tracks, source)
  const order = remember(queue.unshuffled, present(queue)?.key, keysOf(added))
  return { items: queue.items.toSpliced(queue.at + 1, 0, ...added), at: queue.at, unshuffled: order }
}

/** Put tracks at the end. */
export function withLast(queue: Queue, tracks: readonly Track[], source?: PlaySource): Queue {
  if (queue.items.length === 0) return queueOf(tracks, 0, source)
  const added = itemsOf(tracks, source)
  const order = remember(queue.unshuffled, undefined, keysOf(added))
  return { items: [...queue.items, ...added], at: queue.at, unshuffled: order }
}

function keysOf(items: readonly QueueItem[]): string[] {
  return items.map((item) => item.key)
}

/** Take an item out; when it was the present one, the next takes its place. */
export function without(queue: Queue, key: string): Queue {
  const place = queue.items.findIndex((item) => item.key === key)
  if (place < 0) return queue
  const items = queue.items.toSpliced(place, 1)
  const at = Math.min(place < queue.at ? queue.at - 1 : queue.at, items.length - 1)
  return { items, at, unshuffled: queue.unshuffled?.filter((other) => other !== key) ?? null }
}

/** Move an item to another place; the present item stays present. */
export function moved(queue: Queue, key: string, to: number): Queue {
  const from = queue.items.findIndex((item) => item.key === key)
  const item = queue.items[from]
  if (!item) return queue
  const place = Math.max(0, Math.min(to, queue.items.length - 1))
  const items = queue.items.toSpliced(from, 1).toSpliced(place, 0, item)
  const now = present(queue)
  return { ...queue, items, at: now ? items.indexOf(now) : -1 }
}

/** Take out all but the present item. */
export function onlyPresent(queue: Queue): Queue {
  const now = present(queue)
  return now ? { items: [now], at: 0, unshuffled: queue.unshuffled && [now.key] } : EMPTY
}

/** The place that comes after the present one, or before it, null at the ends. Repeating one only counts by itself. */
export function neighbour(queue: Queue, step: 1 | -1, repeat: Repeat): number | null {
  const place = queue.at + step
  if (place >= 0 && place < queue.items.length) return place
  if (repeat === "off" || queue.items.length === 0) return null
  return step === 1 ? 0 : queue.items.length - 1
}

/** The part of a long queue that is worth keeping for the next visit: some of the past, more of the future. */
export function excerpt(queue: Queue, before: number, after: number): Queue {
  const from = Math.max(0, queue.at - before)
  const items = queue.items.slice(from, Math.max(queue.at, 0) + after + 1)
  const kept = new Set(keysOf(items))
  return { items, at: queue.at - from, unshuffled: queue.unshuffled?.filter((key) => kept.has(key)) ?? null }
}

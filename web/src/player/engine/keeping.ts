import { EMPTY, excerpt, type Queue } from "@/player/engine/queue"
import type { More } from "@/player/engine/store"

const BEFORE = 50
const AFTER = 450

/** A queue as it was left in this browser. */
export interface KeptQueue {
  queue: Queue
  more: More | null
  positionMs: number
  /** When it last sounded or was changed here. */
  touchedAt: number
}

interface Kept extends KeptQueue {
  version: 1
}

function nameOf(userId: string): string {
  return `sarau.queue.${userId}`
}

/** Keep somebody's queue in this browser. A very long one is kept around its present place. */
export function keepQueue(userId: string, { queue, more, positionMs, touchedAt }: KeptQueue): void {
  const kept: Kept = { version: 1, queue: excerpt(queue, BEFORE, AFTER), more, positionMs, touchedAt }
  try {
    localStorage.setItem(nameOf(userId), JSON.stringify(kept))
  } catch {
    // The browser's room is used up: the queue lives as long as the page does.
  }
}

/** What was kept of somebody's queue. */
export function keptQueue(userId: string): KeptQueue {
  const nothing = { queue: EMPTY, more: null, positionMs: 0, touchedAt: 0 }
  try {
    const kept = JSON.parse(localStorage.getItem(nameOf(userId)) ?? "null") as Kept | null
    return kept?.version === 1 ? { ...nothing, ...kept } : nothing
  } catch {
    return nothing
  }
}

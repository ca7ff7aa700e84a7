import { EMPTY, excerpt, type Queue } from "@/player/engine/queue"
import type { More } from "@/player/engine/store"

const BEFORE = 50
const AFTER = 450

interface Kept {
  version: 1
  queue: Queue
  more: More | null
  positionMs: number
}

function nameOf(userId: string): string {
  return `sarau.queue.${userId}`
}

/** Keep somebody's queue in this browser. A very long one is kept around its present place. */
export function keepQueue(userId: string, queue: Queue, more: More | null, positionMs: number): void {
  const kept: Kept = { version: 1, queue: excerpt(queue, BEFORE, AFTER), more, positionMs }
  try {
    localStorage.setItem(nameOf(userId), JSON.stringify(kept))
  } catch {
    // The browser's room is used up: the queue lives as long as the page does.
  }
}

/** What was kept of somebody's queue. */
export function keptQueue(userId: string): { queue: Queue; more: More | null; positionMs: number } {
  const nothing = { queue: EMPTY, more: null, positionMs: 0 }
  try {
    const kept = JSON.parse(localStorage.getItem(nameOf(userId)) ?? "null") as Kept | null
    return kept?.version === 1 ? kept : nothing
  } catch {
    return nothing
  }
}

import { excerpt, type Queue, type Repeat } from "@/player/engine/queue"
import type { Command, SessionState } from "@/player/remote/protocol"

/** How much of a long queue others are told of. */
const BEFORE = 50
const AFTER = 450
export const FAR_MS = 1_500

/** What was told last: the places in the queue, and which entry of the session each is. */
export interface Told {
  keys: readonly string[]
  entries: readonly string[]
}

/** What this page plays. */
export interface Local {
  queue: Queue
  playing: boolean
  positionMs: number
  repeat: Repeat
  shuffle: boolean
  /** Where somebody went in the track since it was told last; null: nobody did. */
  soughtTo: number | null
}

export function keysOf(queue: Pick<Queue, "items">): string[] {
  return queue.items.map(({ key }) => key)
}

export function isTold(told: Told | null, queue: Queue): boolean {
  return told?.keys.join() === keysOf(queue).join()
}

/** The part of the queue that others are told of: what they know already, or what is worth it. */
export function partOf(queue: Queue, told: Told | null): Queue {
  return isTold(told, queue) ? queue : excerpt(queue, BEFORE, AFTER)
}

/** What puts this page's queue in place of the session's. */
export function loadOf(part: Queue, { playing, positionMs }: Local): Command {
  return {
    kind: "load",
    track_ids: part.items.map(({ track }) => track.id),
    index: part.at,
    position_ms: Math.max(0, Math.round(positionMs)),
    playing,
  }
}

/** What makes the session like this page where they have the same queue, of which the page is at an entry. */
export function stepsOf(entry: string, session: SessionState, local: Local): Command[] {
  const { playing, soughtTo } = local
  const at = Math.max(0, Math.round(local.positionMs))
  const moved = entry !== session.entry_id
  const steps: Command[] = []
  if (moved && entry !== "") steps.push({ kind: "jump", entry_id: entry })
  if (moved ? at > FAR_MS : soughtTo !== null) steps.push({ kind: "seek", position_ms: at })
  if (moved || playing !== session.playing) steps.push({ kind: playing ? "play" : "pause" })
  return steps
}

/** What makes the session go on as this page does. */
export function mannersOf(session: SessionState, { repeat, shuffle }: Local): Command[] {
  const manners: Command[] = []
  if (repeat !== session.repeat) manners.push({ kind: "set_repeat", repeat })
  if (shuffle !== session.shuffle) manners.push({ kind: "set_shuffle", shuffle })
  return manners
}

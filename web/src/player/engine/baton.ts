import type { QueueItem } from "@/player/engine/queue"
import type { Track } from "@/shared/api/types"

/** How tracks are to be put in place of the queue. */
export interface Playing {
  at: number
  shuffle: boolean
  /** The moment of the first track to begin at. */
  startMs: number
}

/** Who decides what plays while it is not this page: what is pressed here is told to them. */
export interface Baton {
  playTracks: (tracks: readonly Track[], playing: Playing) => void
  playNext: (tracks: readonly Track[]) => void
  addToQueue: (tracks: readonly Track[]) => void
  jumpTo: (key: string) => void
  removeFromQueue: (key: string) => void
  moveInQueue: (key: string, to: number) => void
  clearQueue: () => void
  togglePlay: () => void
  next: () => void
  previous: () => void
  seekTo: (ms: number) => void
  setVolume: (volume: number) => void
  toggleMute: () => void
  toggleShuffle: () => void
  cycleRepeat: () => void
  /** The item that sounds here has come to its end. */
  ended: (item: QueueItem) => void
  /** It cannot be played here. */
  unplayable: (item: QueueItem) => void
  /** What will follow. */
  upcoming: () => QueueItem | null
}

let held: Baton | null = null

/** Who decides, null when this page does. */
export function baton(): Baton | null {
  return held
}

/** Hand the decisions to somebody else, or take them back (null). */
export function passBaton(to: Baton | null): void {
  held = to
}

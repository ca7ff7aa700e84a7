import { create } from "zustand"
import { persist } from "zustand/middleware"

import type { Quality, Target } from "@/player/engine/formats"
import type { GainMode } from "@/player/engine/loudness"
import { EMPTY, present, type Queue, type QueueItem, type Repeat } from "@/player/engine/queue"
import type { TrackFilters } from "@/shared/api/types"

/** How a queue goes on when it comes to its end: the rest of a long list. */
export interface More {
  filters: TrackFilters
  cursor: string | null
}

interface PlayerState {
  queue: Queue
  more: More | null
  /** Somebody wants to hear; the sound itself may still be on its way. */
  playing: boolean
  waiting: boolean
  /** What the present track is converted to, if it is. */
  converted: Target | null
}

/** What plays now. Changed only by the engine and the controls. */
export const usePlayer = create<PlayerState>()(() => ({
  queue: EMPTY,
  more: null,
  playing: false,
  waiting: false,
  converted: null,
}))

/** The place in the track; apart from the rest, for it changes four times a second. */
export const useProgress = create<{ positionMs: number; bufferedMs: number }>()(() => ({
  positionMs: 0,
  bufferedMs: 0,
}))

interface PlayerSettings {
  volume: number
  muted: boolean
  repeat: Repeat
  shuffle: boolean
  quality: Quality
  gain: GainMode
  preampDb: number
  /** What this page is called among the person's devices; empty: after its browser. */
  deviceName: string
}

/** How somebody likes to hear in this browser. */
export const usePlayerSettings = create<PlayerSettings>()(
  persist(
    (): PlayerSettings => ({
      volume: 0.9,
      muted: false,
      repeat: "off",
      shuffle: false,
      quality: "original",
      gain: "album",
      preampDb: 0,
      deviceName: "",
    }),
    { name: "sarau.player", version: 1 },
  ),
)

export type Panel = "queue" | "lyrics" | null

/** Which parts of the player are open. */
export const usePlayerView = create<{ panel: Panel; full: boolean }>()(() => ({ panel: null, full: false }))

/** The item that plays now. */
export function usePresent(): QueueItem | null {
  return usePlayer((state) => present(state.queue))
}

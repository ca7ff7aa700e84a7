import { baton } from "@/player/engine/baton"
import * as local from "@/player/engine/local"
import { usePlayerSettings, useProgress } from "@/player/engine/store"
import type { Track } from "@/shared/api/types"

export { trackChangedInQueue } from "@/player/engine/local"
export { openPlayer } from "@/player/engine/opening"

// What is pressed anywhere comes through here: to this page's own player, or to who decides elsewhere.

/** Play tracks in place of what is in the queue. */
export function playTracks(tracks: readonly Track[], options: local.PlayOptions = {}): void {
  const other = baton()
  if (!other) {
    local.playTracks(tracks, options)
    return
  }
  if (tracks.length === 0) return
  const shuffle = options.shuffle ?? usePlayerSettings.getState().shuffle
  const at = options.at ?? (shuffle ? Math.floor(Math.random() * tracks.length) : 0)
  other.playTracks(tracks, { at, shuffle, startMs: options.startMs ?? 0 })
}

export function playNext(tracks: readonly Track[]): void {
  ;(baton() ?? local).playNext(tracks)
}

export function addToQueue(tracks: readonly Track[]): void {
  ;(baton() ?? local).addToQueue(tracks)
}

/** Play an item that is in the queue. */
export function jumpTo(key: string): void {
  ;(baton() ?? local).jumpTo(key)
}

export function removeFromQueue(key: string): void {
  ;(baton() ?? local).removeFromQueue(key)
}

export function moveInQueue(key: string, to: number): void {
  ;(baton() ?? local).moveInQueue(key, to)
}

/** Take out all but what plays. */
export function clearQueue(): void {
  ;(baton() ?? local).clearQueue()
}

export function togglePlay(): void {
  ;(baton() ?? local).togglePlay()
}

export function next(): void {
  ;(baton() ?? local).next()
}

/** Back to the beginning of the track, or to the one before when it has only begun. */
export function previous(): void {
  ;(baton() ?? local).previous()
}

export function seekTo(ms: number): void {
  ;(baton() ?? local).seekTo(ms)
}

export function seekBy(ms: number): void {
  seekTo(useProgress.getState().positionMs + ms)
}

export function setVolume(volume: number): void {
  ;(baton() ?? local).setVolume(volume)
}

export function toggleMute(): void {
  ;(baton() ?? local).toggleMute()
}

export function toggleShuffle(): void {
  ;(baton() ?? local).toggleShuffle()
}

export function cycleRepeat(): void {
  ;(baton() ?? local).cycleRepeat()
}

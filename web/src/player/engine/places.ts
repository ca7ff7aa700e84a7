import { engine } from "@/player/engine/local"
import { isLong, noted, notePlace } from "@/player/engine/bookmarks"
import { usePlayer, useProgress } from "@/player/engine/store"

const NOTE_EVERY_MS = 30_000

/** Note where one is in what is long, while it sounds here and when it falls silent; returns how to stop. */
export function openPlaces(): () => void {
  const note = (leaving = false) => {
    const { current } = engine
    if (!current || !isLong(current.track)) return
    const { positionMs } = engine
    if (Math.abs(positionMs - (noted(current.track.id) ?? 0)) < NOTE_EVERY_MS / 10) return
    notePlace(current.track, positionMs, leaving)
  }
  const unsubscribe = [
    usePlayer.subscribe((now, before) => {
      if (before.playing && !now.playing) note()
    }),
    useProgress.subscribe(({ positionMs }) => {
      const { current } = engine
      if (!current || !usePlayer.getState().playing || !isLong(current.track)) return
      if (Math.abs(positionMs - (noted(current.track.id) ?? 0)) >= NOTE_EVERY_MS) note()
    }),
  ]
  const leave = () => {
    note(true)
  }
  window.addEventListener("pagehide", leave)
  return () => {
    window.removeEventListener("pagehide", leave)
    for (const stop of unsubscribe) stop()
  }
}

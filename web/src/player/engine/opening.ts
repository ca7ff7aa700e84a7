import { keepQueue, keptQueue } from "@/player/engine/keeping"
import { engine } from "@/player/engine/local"
import { EMPTY } from "@/player/engine/queue"
import { openPlaces } from "@/player/engine/places"
import { usePlayer, useProgress } from "@/player/engine/store"

/** Bring somebody's queue back, silent, and keep it from now on; returns how to stop. */
export function openPlayer(userId: string): () => void {
  const kept = keptQueue(userId)
  const { queue, more, positionMs } = kept
  let { touchedAt } = kept
  usePlayer.setState({ queue, more })
  useProgress.setState({ positionMs, bufferedMs: 0 })
  const keep = () => {
    const now = usePlayer.getState()
    if (now.playing) touchedAt = Date.now()
    const { positionMs } = useProgress.getState()
    keepQueue(userId, { queue: now.queue, more: now.more, positionMs, touchedAt })
  }
  const leave = () => {
    keep()
    engine.leavePage()
  }
  const closePlaces = openPlaces()
  const timer = setInterval(keep, 5_000)
  const unsubscribe = usePlayer.subscribe((now, before) => {
    if (now.queue === before.queue && now.playing === before.playing) return
    touchedAt = Date.now()
    keep()
  })
  window.addEventListener("pagehide", leave)
  return () => {
    clearInterval(timer)
    closePlaces()
    unsubscribe()
    window.removeEventListener("pagehide", leave)
    keep()
    engine.stop()
    usePlayer.setState({ queue: EMPTY, more: null })
  }
}

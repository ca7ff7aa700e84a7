import { keepQueue, keptQueue } from "@/player/engine/keeping"
import { engine } from "@/player/engine/local"
import { EMPTY } from "@/player/engine/queue"
import { usePlayer, useProgress } from "@/player/engine/store"

/** Bring somebody's queue back, silent, and keep it from now on; returns how to stop. */
export function openPlayer(userId: string): () => void {
  const { queue, more, positionMs } = keptQueue(userId)
  usePlayer.setState({ queue, more })
  useProgress.setState({ positionMs, bufferedMs: 0 })
  const keep = () => {
    const now = usePlayer.getState()
    keepQueue(userId, now.queue, now.more, useProgress.getState().positionMs)
  }
  const leave = () => {
    keep()
    engine.leavePage()
  }
  const timer = setInterval(keep, 5_000)
  const unsubscribe = usePlayer.subscribe((now, before) => {
    if (now.queue !== before.queue || now.playing !== before.playing) keep()
  })
  window.addEventListener("pagehide", leave)
  return () => {
    clearInterval(timer)
    unsubscribe()
    window.removeEventListener("pagehide", leave)
    keep()
    engine.stop()
    usePlayer.setState({ queue: EMPTY, more: null })
  }
}

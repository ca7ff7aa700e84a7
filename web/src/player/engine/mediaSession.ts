import * as controls from "@/player/engine/controls"
import { present, type QueueItem } from "@/player/engine/queue"
import { usePlayer, useProgress } from "@/player/engine/store"
import { coverUrl } from "@/shared/format/covers"

const SEEK_MS = 10_000

function describe(item: QueueItem | null): void {
  if (!item) {
    navigator.mediaSession.metadata = null
    return
  }
  const { id, title, artist, album, cover } = item.track
  const artwork = ([192, 384, 768] as const).map((size) => ({
    src: new URL(coverUrl("tracks", id, cover, size), location.origin).href,
    sizes: `${size}x${size}`,
  }))
  navigator.mediaSession.metadata = new MediaMetadata({ title, artist, album: album ?? "", artwork })
}

function tellPosition(): void {
  const item = present(usePlayer.getState().queue)
  if (!item) return
  const duration = item.track.duration_ms / 1000
  const position = Math.min(useProgress.getState().positionMs / 1000, duration)
  navigator.mediaSession.setPositionState({ duration, position, playbackRate: 1 })
}

/** Let the system's own keys and screens show and steer the player; returns how to stop. */
export function openMediaSession(): () => void {
  const session = navigator.mediaSession as MediaSession | undefined
  if (!session) return () => undefined
  const toggle = (wanted: boolean) => {
    if (usePlayer.getState().playing !== wanted) controls.togglePlay()
  }
  const handlers: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
    play: () => {
      toggle(true)
    },
    pause: () => {
      toggle(false)
    },
    stop: () => {
      toggle(false)
    },
    nexttrack: controls.next,
    previoustrack: controls.previous,
    seekto: ({ seekTime }) => {
      controls.seekTo((seekTime ?? 0) * 1000)
    },
    seekforward: ({ seekOffset }) => {
      controls.seekBy(seekOffset ? seekOffset * 1000 : SEEK_MS)
    },
    seekbackward: ({ seekOffset }) => {
      controls.seekBy(seekOffset ? -seekOffset * 1000 : -SEEK_MS)
    },
  }
  const entries = Object.entries(handlers) as [MediaSessionAction, MediaSessionActionHandler][]
  for (const [action, handler] of entries) session.setActionHandler(action, handler)
  const unsubscribe = usePlayer.subscribe((now, before) => {
    const item = present(now.queue)
    if (item !== present(before.queue)) describe(item)
    if (now.playing !== before.playing) session.playbackState = now.playing ? "playing" : "paused"
  })
  const timer = setInterval(tellPosition, 1_000)
  describe(present(usePlayer.getState().queue))
  return () => {
    unsubscribe()
    clearInterval(timer)
    for (const [action] of entries) session.setActionHandler(action, null)
    describe(null)
  }
}

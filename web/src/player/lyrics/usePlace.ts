import { useEffect, useState } from "react"

import { lineAt, wordAt } from "@/player/lyrics/song"
import { usePlayer, useProgress } from "@/player/engine/store"
import type { SongLine } from "@/shared/api/lyrics"

/** Which line and which of its words are sung. */
export interface SongPlace {
  line: number
  word: number
}

/** The player tells where it is four times a second; further than this it is not gone on by ourselves. */
const MOST_AHEAD_MS = 1_000

function placeAt(lines: readonly SongLine[], ms: number): SongPlace {
  const line = lineAt(lines, ms)
  return { line, word: wordAt(lines[line]?.words ?? [], ms) }
}

/** Where the song is now, word by word. */
export function usePlace(lines: readonly SongLine[]): SongPlace {
  const [place, setPlace] = useState(() => placeAt(lines, useProgress.getState().positionMs))
  useEffect(() => {
    let told = { ms: useProgress.getState().positionMs, at: performance.now() }
    let frame = 0
    const look = () => {
      const { playing, waiting } = usePlayer.getState()
      const since = playing && !waiting ? Math.min(performance.now() - told.at, MOST_AHEAD_MS) : 0
      const now = placeAt(lines, told.ms + since)
      setPlace((before) => (before.line === now.line && before.word === now.word ? before : now))
      if (playing) frame = requestAnimationFrame(look)
    }
    const again = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(look)
    }
    const stops = [
      useProgress.subscribe(({ positionMs }, before) => {
        if (positionMs === before.positionMs) return
        told = { ms: positionMs, at: performance.now() }
        again()
      }),
      usePlayer.subscribe(({ playing }, before) => {
        if (playing !== before.playing) again()
      }),
    ]
    again()
    return () => {
      cancelAnimationFrame(frame)
      for (const stop of stops) stop()
    }
  }, [lines])
  return place
}

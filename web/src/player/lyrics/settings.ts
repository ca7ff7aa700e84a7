import { create } from "zustand"
import { persist } from "zustand/middleware"

import type { Instrument } from "@/shared/api/lyrics"

/** How one song is played. */
export interface Tuning {
  /** Semitones up. */
  transpose: number
  /** Fret of the capo. */
  capo: number
}

interface LyricsSettings {
  size: number
  words: boolean
  chords: boolean
  simplified: boolean
  instrument: Instrument | "none"
  /** All choices are shown, not only the first. */
  open: boolean
  /** The songs somebody plays otherwise than they are written, the latest last. */
  tunings: readonly (readonly [trackId: string, tuning: Tuning])[]
}

export const SIZES = [14, 16, 18, 21, 25, 30, 36] as const
export const MOST_SEMITONES = 11
export const MOST_CAPO = 11
const MOST_TUNINGS = 300
const AS_WRITTEN: Tuning = { transpose: 0, capo: 0 }

/** How somebody likes to read songs in this browser. */
export const useLyricsSettings = create<LyricsSettings>()(
  persist(
    (): LyricsSettings => ({
      size: 18,
      words: true,
      chords: true,
      simplified: false,
      instrument: "guitar",
      open: false,
      tunings: [],
    }),
    { name: "sarau.lyrics", version: 1 },
  ),
)

export function tuningOf(trackId: string): (settings: LyricsSettings) => Tuning {
  return ({ tunings }) => tunings.find(([id]) => id === trackId)?.[1] ?? AS_WRITTEN
}

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value))
}

/** Play a song otherwise from now on; as it is written, it need not be remembered. */
export function tune(trackId: string, change: Partial<Tuning>): void {
  useLyricsSettings.setState((settings) => {
    const wanted = { ...tuningOf(trackId)(settings), ...change }
    const tuning = {
      transpose: within(wanted.transpose, -MOST_SEMITONES, MOST_SEMITONES),
      capo: within(wanted.capo, 0, MOST_CAPO),
    }
    const others = settings.tunings.filter(([id]) => id !== trackId)
    const plain = tuning.transpose === 0 && tuning.capo === 0
    return { tunings: plain ? others : [...others.slice(1 - MOST_TUNINGS), [trackId, tuning] as const] }
  })
}

/** Write larger (1) or smaller (-1). */
export function resize(step: 1 | -1): void {
  useLyricsSettings.setState(({ size }) => {
    const place = SIZES.findIndex((one) => one >= size)
    return { size: SIZES[within(place + step, 0, SIZES.length - 1)] ?? size }
  })
}

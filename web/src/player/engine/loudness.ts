import type { ReplayGain } from "@/shared/api/types"

export type GainMode = "off" | "track" | "album"

function decibels(gain: ReplayGain, mode: "track" | "album"): { db: number; peak: number | null } | null {
  const track = gain.track_gain_db ?? null
  const album = gain.album_gain_db ?? null
  const db = mode === "album" ? (album ?? track) : (track ?? album)
  if (db === null) return null
  const peak = db === album && mode === "album" ? gain.album_peak : gain.track_peak
  return { db, peak: peak ?? null }
}

/** What to multiply the sound by (ReplayGain 2.0), never so much that its peak is cut. */
export function gainFactor(gain: ReplayGain, mode: GainMode, preampDb: number): number {
  const found = mode === "off" ? null : decibels(gain, mode)
  if (!found) return 1
  const factor = 10 ** ((found.db + preampDb) / 20)
  return found.peak !== null && found.peak > 0 ? Math.min(factor, 1 / found.peak) : factor
}

/** The volume of an audio element, from 0 to 1, for a slider's place and a gain. Ears hear ratios, hence the square. */
export function elementVolume(slider: number, factor: number): number {
  return Math.max(0, Math.min(1, slider ** 2 * factor))
}

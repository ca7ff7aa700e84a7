import { describe, expect, it } from "vitest"

import { elementVolume, gainFactor } from "@/player/engine/loudness"

const GAIN = { track_gain_db: -6, track_peak: 0.9, album_gain_db: -3, album_peak: 1 }

describe("equal loudness", () => {
  it("follows the track or the album", () => {
    expect(gainFactor(GAIN, "track", 0)).toBeCloseTo(0.5012, 3)
    expect(gainFactor(GAIN, "album", 0)).toBeCloseTo(0.7079, 3)
    expect(gainFactor(GAIN, "off", 0)).toBe(1)
  })

  it("falls back to the one that is known", () => {
    expect(gainFactor({ track_gain_db: -6 }, "album", 0)).toBeCloseTo(0.5012, 3)
    expect(gainFactor({ album_gain_db: -3 }, "track", 0)).toBeCloseTo(0.7079, 3)
    expect(gainFactor({}, "album", 6)).toBe(1)
  })

  it("adds the pre-amplification but never cuts the peak", () => {
    expect(gainFactor({ track_gain_db: -6 }, "track", 6)).toBeCloseTo(1, 5)
    expect(gainFactor({ track_gain_db: 10, track_peak: 0.8 }, "track", 0)).toBeCloseTo(1.25, 5)
    expect(gainFactor({ track_gain_db: 10, track_peak: 0 }, "track", 0)).toBeCloseTo(3.162, 3)
  })

  it("stays within what an audio element takes", () => {
    expect(elementVolume(1, 3)).toBe(1)
    expect(elementVolume(0, 3)).toBe(0)
    expect(elementVolume(0.5, 1)).toBe(0.25)
  })
})

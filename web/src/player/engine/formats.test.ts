import { describe, expect, it } from "vitest"

import { plansFor, streamUrl } from "@/player/engine/formats"
import { aTrack } from "@/shared/testing/things"

/** What Chromium says, as measured. */
const chromium = (type: string) =>
  /mpeg|flac|wav|vorbis|opus|mp4a|audio\/aac/.test(type) && !/alac|aiff/.test(type) ? "probably" : ""
/** A browser that knows no Ogg, as Safari long did. */
const noOgg = (type: string) =>
  /ogg|flac/.test(type) ? "" : /mpeg|mp4|aac|aiff|wav/.test(type) ? "maybe" : ""
const nothing = () => ""

const alac = aTrack({ codec: "alac", media_type: "audio/mp4", bitrate_kbps: 900 })
const formats = (plans: { format: string | null }[]) => plans.map(({ format }) => format)

describe("choosing how to play", () => {
  it("takes the original where the browser decodes it, conversions as a way out", () => {
    expect(formats(plansFor(aTrack(), "original", chromium))).toEqual([null, "opus", "mp3", "aac"])
    const vorbis = aTrack({ codec: "vorbis", media_type: "audio/ogg" })
    expect(formats(plansFor(vorbis, "original", chromium))[0]).toBeNull()
  })

  it("tells what shares a container apart", () => {
    const aac = aTrack({ codec: "aac", media_type: "audio/mp4" })
    expect(formats(plansFor(aac, "original", chromium))[0]).toBeNull()
    expect(formats(plansFor(alac, "original", chromium))).toEqual(["opus", "mp3", "aac"])
  })

  it("converts to what the browser knows", () => {
    const opus = aTrack({ codec: "opus", media_type: "audio/ogg" })
    expect(formats(plansFor(opus, "original", noOgg))).toEqual(["mp3", "aac"])
    expect(plansFor(opus, "original", nothing)).toEqual([])
  })

  it("saves data only where the original is larger", () => {
    expect(plansFor(aTrack({ bitrate_kbps: 320 }), "saver", chromium)[0]).toEqual({
      format: "opus",
      bitrateKbps: 96,
    })
    expect(plansFor(aTrack({ bitrate_kbps: 100 }), "saver", chromium)[0]?.format).toBeNull()
    expect(plansFor(aTrack({ bitrate_kbps: 320 }), "high", chromium)[0]).toEqual({
      format: "opus",
      bitrateKbps: 192,
    })
    expect(formats(plansFor(aTrack(), "saver", chromium)).at(-1)).toBeNull()
  })
})

describe("the address of a sound", () => {
  it("names format, bitrate and start only for conversions", () => {
    expect(streamUrl("a/b", { format: null, bitrateKbps: null }, 5000)).toBe("/api/v1/tracks/a%2Fb/stream")
    expect(streamUrl("t1", { format: "opus", bitrateKbps: 96 }, 1500.4)).toBe(
      "/api/v1/tracks/t1/stream?format=opus&bitrate=96&start=1500",
    )
    expect(streamUrl("t1", { format: "mp3", bitrateKbps: null }, 0)).toBe(
      "/api/v1/tracks/t1/stream?format=mp3",
    )
  })
})

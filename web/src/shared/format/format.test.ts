import { describe, expect, it } from "vitest"

import { bytes } from "@/shared/format/bytes"
import { coverUrl } from "@/shared/format/covers"
import { ago, clock, lasting } from "@/shared/format/time"

describe("times", () => {
  it("are shown as players do", () => {
    expect([0, 999, 61_000, 599_999, 3_600_000, 36_061_000].map(clock)).toEqual([
      "0:00",
      "0:00",
      "1:01",
      "9:59",
      "1:00:00",
      "10:01:01",
    ])
    expect(clock(-5)).toBe("0:00")
  })

  it("are told in words", () => {
    expect([1000, 47 * 60_000, 3_600_000, 72 * 60_000].map((ms) => lasting(ms, "en"))).toEqual([
      "1 min",
      "47 min",
      "1 hr",
      "1 hr 12 min",
    ])
  })

  it("are told from now", () => {
    const now = Date.parse("2026-05-10T12:00:00Z")
    expect(ago("2026-05-10T11:59:40Z", "en", now)).toBe("now")
    expect(ago("2026-05-10T09:00:00Z", "en", now)).toBe("3 hours ago")
    expect(ago("2026-05-24T11:59:00Z", "en", now)).toBe("in 2 weeks")
    expect(ago("2026-05-09T12:00:00Z", "pt-BR", now)).toBe("ontem")
  })
})

it("sizes are told in the units people know", () => {
  expect([0, 999, 1500, 4_200_000, 123_456_789, 2e12].map((count) => bytes(count, "en"))).toEqual([
    "0 bytes",
    "999 bytes",
    "1.5 kB",
    "4.2 MB",
    "123 MB",
    "2 TB",
  ])
})

it("covers are addressed by their picture where there is one", () => {
  expect(coverUrl("albums", "a1", "abc", 384)).toBe("/api/v1/covers/abc?size=384")
  expect(coverUrl("albums", "a/1", null, 96)).toBe("/api/v1/albums/a%2F1/cover?size=96")
})

import { expect, it } from "vitest"

import { dayName, filtersOf, sinceOf, withDays } from "@/features/history/days"
import type { PlayedTrack } from "@/shared/api/listening"

const NOW = new Date(2026, 4, 10, 15, 30)

function played(moment: Date): PlayedTrack {
  const play = {
    id: "p",
    track_id: "t",
    started_at: moment.toISOString(),
    listened_ms: 0,
    listened: false,
    client: "",
    device: "",
    source: "" as const,
    source_id: null,
  }
  return { play, track: null }
}

it("counts a period in whole days, today included", () => {
  expect(sinceOf("all", NOW)).toBeNull()
  expect(sinceOf("day", NOW)).toBe(new Date(2026, 4, 10).toISOString())
  expect(sinceOf("week", NOW)).toBe(new Date(2026, 4, 4).toISOString())
})

it("reads its filters from the address, and passes over what it does not know", () => {
  const asked = new URLSearchParams({ period: "week", app: "Car", from: "album", whole: "" })
  expect(filtersOf(asked, NOW)).toEqual({
    period: "week",
    since: new Date(2026, 4, 4).toISOString(),
    client: "Car",
    source: "album",
    listened: true,
  })
  const odd = new URLSearchParams({ period: "eon", from: "the moon" })
  expect(filtersOf(odd, NOW)).toMatchObject({ period: "all", since: null, source: null, listened: null })
})

it("puts the name of a day before what was heard on it", () => {
  const names = { today: "Today", yesterday: "Yesterday" }
  const plays = [
    new Date(2026, 4, 10, 0, 5),
    new Date(2026, 4, 9, 23, 59),
    new Date(2026, 4, 9, 8),
    new Date(2026, 0, 2),
  ]
  const lines = withDays(plays.map(played), (moment) => dayName(moment, names, "en", NOW))
  expect(lines.map((line) => ("day" in line ? line.day : "·"))).toEqual([
    "Today",
    "·",
    "Yesterday",
    "·",
    "·",
    "Friday, January 2, 2026",
    "·",
  ])
})

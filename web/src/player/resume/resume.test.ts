import { expect, it } from "vitest"

import { EMPTY, queueOf } from "@/player/engine/queue"
import { worthOffering } from "@/player/resume/offering"
import { tracks } from "@/shared/testing/things"

const saved = {
  tracks: tracks(3),
  current_index: 1,
  position_ms: 5_000,
  changed_at: "2026-05-10T12:00:00Z",
  changed_by: "Car",
}
const here = (at: number, touched: string) => ({
  queue: queueOf(tracks(3), at),
  more: null,
  positionMs: 0,
  touchedAt: Date.parse(touched),
})

it("is offered where nothing was heard yet", () => {
  expect(worthOffering(saved, { queue: EMPTY, more: null, positionMs: 0, touchedAt: 0 })).toBe(true)
})

it("is offered when it was left later, elsewhere in the music", () => {
  expect(worthOffering(saved, here(0, "2026-05-10T11:00:00Z"))).toBe(true)
  expect(worthOffering(saved, here(0, "2026-05-10T13:00:00Z"))).toBe(false)
})

it("is not offered when it is what this browser has in hand, nor when it is empty", () => {
  expect(worthOffering(saved, here(1, "2026-05-10T11:00:00Z"))).toBe(false)
  expect(worthOffering({ ...saved, tracks: [] }, here(0, "2020-01-01T00:00:00Z"))).toBe(false)
})

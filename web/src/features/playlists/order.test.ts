import { describe, expect, it } from "vitest"

import { movedBefore, targetOf, type Step } from "@/features/playlists/order"
import type { PlaylistEntry } from "@/shared/api/playlists"

const ENTRIES = ["a", "b", "c"].map((id): PlaylistEntry => ({
  id,
  track_id: id,
  added_at: "",
  added_by: null,
  track: null,
}))

function after(place: number, step: Step): string {
  const before = targetOf(ENTRIES, place, step)
  const moved = before === undefined ? ENTRIES : movedBefore(ENTRIES, ENTRIES[place]?.id ?? "", before)
  return moved.map(({ id }) => id).join("")
}

describe("the order of a playlist", () => {
  it("changes by one place, or to an end", () => {
    expect([after(1, "up"), after(0, "down"), after(1, "down")]).toEqual(["bac", "bac", "acb"])
    expect([after(2, "first"), after(0, "last")]).toEqual(["cab", "bca"])
  })

  it("stays where there is nowhere to go", () => {
    expect([after(0, "up"), after(0, "first"), after(2, "down"), after(2, "last")]).toEqual(
      Array(4).fill("abc"),
    )
  })
})

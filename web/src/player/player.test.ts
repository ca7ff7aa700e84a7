import { describe, expect, it } from "vitest"

import { keepQueue, keptQueue } from "@/player/engine/keeping"
import { EMPTY, present, queueOf } from "@/player/engine/queue"
import { linkedParts } from "@/player/tracks/Names"
import { tracks } from "@/shared/testing/things"

const NAMES = [
  { id: "1", name: "Elis Regina" },
  { id: "2", name: "Tom Jobim" },
]

describe("credited names", () => {
  it("are linked, and what stands between them is kept", () => {
    expect(linkedParts("Elis Regina & Tom Jobim (live)", NAMES)).toEqual([
      NAMES[0],
      " & ",
      NAMES[1],
      " (live)",
    ])
  })

  it("are linked as they are written, and left alone when not written at all", () => {
    expect(linkedParts("ELIS REGINA", NAMES)).toEqual([{ id: "1", name: "ELIS REGINA" }])
    expect(linkedParts("Various Artists", NAMES)).toEqual(["Various Artists"])
  })
})

describe("a kept queue", () => {
  it("comes back for the same person only", () => {
    const more = { filters: { sort: "title" as const }, cursor: "c" }
    keepQueue("u1", { queue: queueOf(tracks(3), 1), more, positionMs: 12_000, touchedAt: 7 })
    const kept = keptQueue("u1")
    expect(present(kept.queue)?.track.id).toBe("t2")
    expect([kept.positionMs, kept.more?.cursor]).toEqual([12_000, "c"])
    expect(keptQueue("u2").queue).toEqual(EMPTY)
  })

  it("is forgotten when it cannot be read", () => {
    localStorage.setItem("sarau.queue.u1", "{broken")
    expect(keptQueue("u1").queue).toEqual(EMPTY)
  })
})

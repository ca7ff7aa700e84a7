import { expect, it, vi } from "vitest"

import { leftAt, notePlace } from "@/player/engine/bookmarks"
import { json, serve } from "@/shared/testing/server"
import { aTrack } from "@/shared/testing/things"

const HOUR = 3_600_000
const long = (id: string) => aTrack({ id, duration_ms: HOUR })

it("takes a long track up where it was left on another device", async () => {
  const track = long("far")
  serve({ "GET /me/bookmarks": () => json({ items: [{ track, position_ms: 600_000, comment: "" }] }) })
  expect(await leftAt(track)).toBe(600_000)
  expect(await leftAt(long("other"))).toBe(0)
})

it("asks nothing for what is short", async () => {
  const log = serve({})
  expect(await leftAt(aTrack({ duration_ms: 200_000 }))).toBe(0)
  expect(log).toEqual([])
})

it("begins anew, and takes the note away, when one has come to the end", async () => {
  const track = long("ended")
  const log = serve({
    "PUT /tracks/ended/bookmark": () => json({}),
    "DELETE /tracks/ended/bookmark": () => new Response(null, { status: 204 }),
  })
  notePlace(track, HOUR / 2)
  notePlace(track, HOUR)
  await vi.waitFor(() => {
    expect(log.map(({ method }) => method)).toEqual(["PUT", "DELETE"])
  })
  expect(await leftAt(track)).toBe(0)
})

it("keeps somebody's words beside the place", async () => {
  const track = long("noted")
  const log = serve({
    "GET /me/bookmarks": () => json({ items: [{ track, position_ms: 90_000, comment: "the good part" }] }),
    "PUT /tracks/noted/bookmark": () => json({}),
  })
  await leftAt(track)
  notePlace(track, 700_000)
  await vi.waitFor(() => {
    expect(log.at(-1)?.body).toEqual({ position_ms: 700_000, comment: "the good part" })
  })
})

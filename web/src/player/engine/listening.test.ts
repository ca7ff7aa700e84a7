import { expect, it, vi } from "vitest"

import { Listening } from "@/player/engine/listening"
import { aTrack } from "@/shared/testing/things"
import { json, problem, serve, type Asked } from "@/shared/testing/server"

const T1 = { track: aTrack({ id: "t1" }) }
const reports = (log: Asked[]) => log.filter(({ method }) => method === "PATCH").map(({ body }) => body)

function play(listening: Listening, fromMs: number, toMs: number): void {
  for (let at = fromMs; at <= toMs; at += 250) listening.at(at)
}

it("tells the start, every fifteen seconds heard, and the end", async () => {
  const log = serve({
    "POST /plays": () => json({ id: "p9" }, 201),
    "PATCH /plays/p9": () => json({ id: "p9" }),
  })
  const listening = new Listening({ ...T1, source: { kind: "album", id: "a1" } }, 0)
  play(listening, 0, 31_000)
  listening.finish()
  await vi.waitFor(() => {
    expect(reports(log)).toHaveLength(3)
  })
  expect(log[0]?.body).toMatchObject({
    track_id: "t1",
    client: "Sarau web",
    source: "album",
    source_id: "a1",
  })
  expect(reports(log)).toEqual([
    { listened_ms: 15_000, position_ms: 15_000, ended: false },
    { listened_ms: 30_000, position_ms: 30_000, ended: false },
    { listened_ms: 31_000, position_ms: 31_000, ended: true },
  ])
})

it("does not count what was skipped, and hears twice what is played twice", async () => {
  const log = serve({
    "POST /plays": () => json({ id: "p9" }, 201),
    "PATCH /plays/p9": () => json({ id: "p9" }),
  })
  const listening = new Listening(T1, 0)
  play(listening, 0, 5_000)
  play(listening, 100_000, 104_000)
  play(listening, 2_000, 5_000)
  listening.finish()
  listening.finish()
  await vi.waitFor(() => {
    expect(reports(log)).toEqual([{ listened_ms: 12_000, position_ms: 5_000, ended: true }])
  })
})

it("tells that it is held, and that it goes on", async () => {
  const log = serve({
    "POST /plays": () => json({ id: "p9" }, 201),
    "PATCH /plays/p9": () => json({ id: "p9" }),
  })
  const listening = new Listening(T1, 0)
  play(listening, 0, 5_000)
  listening.hold()
  listening.hold()
  play(listening, 5_000, 6_000)
  await vi.waitFor(() => {
    expect(reports(log)).toEqual([
      { listened_ms: 5_000, position_ms: 5_000, ended: false, state: "paused" },
      { listened_ms: 5_250, position_ms: 5_250, ended: false },
    ])
  })
})

it("goes on when the server does not take it", async () => {
  const log = serve({ "POST /plays": () => problem(503, "unavailable") })
  const listening = new Listening(T1, 0)
  play(listening, 0, 20_000)
  listening.finish()
  await vi.waitFor(() => {
    expect(log).toHaveLength(1)
  })
})

import { describe, expect, it } from "vitest"

import { Attempts } from "@/player/engine/attempts"
import type { Plan } from "@/player/engine/formats"
import { diagnose, remedyFor, troubleOf } from "@/player/engine/trouble"
import { sessionFresh } from "@/shared/session/session"
import { problem, serve } from "@/shared/testing/server"

const plan = (format: Plan["format"]): Plan => ({ format, bitrateKbps: null })

describe("what a failed sound means", () => {
  it("is read from the status", () => {
    expect(troubleOf(206, null)).toEqual({ kind: "format" })
    expect(troubleOf(404, null)).toEqual({ kind: "gone" })
    expect(troubleOf(401, null)).toEqual({ kind: "ended" })
    expect(troubleOf(429, "7")).toEqual({ kind: "busy", afterMs: 7000 })
    expect(troubleOf(503, null)).toEqual({ kind: "busy", afterMs: 3000 })
    expect(troubleOf(502, null)).toEqual({ kind: "offline" })
  })

  it("is asked of the server, for the first byte alone", async () => {
    const log = serve({ "GET /tracks/t1/stream": () => problem(404, "sound_missing") })
    expect(await diagnose("/api/v1/tracks/t1/stream", Date.now())).toEqual({ kind: "gone" })
    expect(log[0]?.headers.get("Range")).toBe("bytes=0-0")
  })

  it("is a token that had ended, when a new one came since the sound was asked for", async () => {
    serve({ "GET /tracks/t1/stream": () => new Response("x", { status: 206 }) })
    const asked = Date.now() - 1000
    expect(await diagnose("/api/v1/tracks/t1/stream", asked)).toEqual({ kind: "format" })
    sessionFresh()
    expect(await diagnose("/api/v1/tracks/t1/stream", asked)).toEqual({ kind: "stale" })
    expect(remedyFor({ kind: "stale" }, false)).toMatchObject({ convert: false, counts: true })
  })

  it("is a lost connection when nobody answers", async () => {
    serve({ "GET /tracks/t1/stream": () => Promise.reject(new TypeError("Failed to fetch")) })
    expect(await diagnose("/api/v1/tracks/t1/stream", Date.now())).toEqual({ kind: "offline" })
  })
})

describe("trying again", () => {
  const format = remedyFor({ kind: "format" }, false)

  it("goes from the original through the conversions and then gives up", () => {
    const attempts = new Attempts([plan(null), plan("opus"), plan("mp3")])
    expect(attempts.best?.format).toBeNull()
    expect(attempts.after(plan(null), format)?.format).toBe("opus")
    expect(attempts.after(plan("opus"), format)?.format).toBe("mp3")
    expect(attempts.after(plan("mp3"), format)).toBeNull()
  })

  it("keeps the format when the sound broke off in the middle, but not for ever", () => {
    const attempts = new Attempts([plan(null)])
    const lost = remedyFor({ kind: "format" }, true)
    const tried = [1, 2, 3, 4, 5].map(() => attempts.after(plan(null), lost))
    expect(tried.map((next) => next !== null)).toEqual([true, true, true, true, false])
  })

  it("waits without end for a connection, and gives up at once what is gone", () => {
    const attempts = new Attempts([plan(null)])
    const offline = remedyFor({ kind: "offline" }, false)
    for (let round = 0; round < 50; round++) expect(attempts.after(plan(null), offline)).not.toBeNull()
    expect(attempts.after(plan(null), remedyFor({ kind: "gone" }, false))).toBeNull()
  })
})

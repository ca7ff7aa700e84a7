import { beforeEach, describe, expect, it, vi } from "vitest"

import { api, take } from "@/shared/api/client"
import { keepFresh, onSessionEnd, refreshSession } from "@/shared/session/session"
import { json, problem, serve, type Asked } from "@/shared/testing/server"

const GENRES = { items: [] }
const ended = vi.fn()

beforeEach(() => {
  document.cookie = "sarau_csrf=tok%2Fen"
  ended.mockReset()
  return onSessionEnd(ended)
})

const genres = () => take(api.GET("/api/v1/genres"))
const count = (log: Asked[], path: string) => log.filter((asked) => asked.path === path).length

/** A server whose access token is over until it was refreshed. */
function tired(refresh: () => Response): Asked[] {
  let fresh = false
  return serve({
    "POST /auth/refresh": () => {
      const reply = refresh()
      fresh = reply.ok
      return reply
    },
    "GET /genres": () => (fresh ? json(GENRES) : problem(401, "session_ended")),
  })
}

describe("a session", () => {
  it("sends the CSRF token with changes only", async () => {
    const log = serve({
      "GET /genres": () => json(GENRES),
      "DELETE /me/sessions/s1": () => new Response(null, { status: 204 }),
    })
    await genres()
    await take(api.DELETE("/api/v1/me/sessions/{session_id}", { params: { path: { session_id: "s1" } } }))
    expect(log.map(({ headers }) => headers.get("X-CSRF-Token"))).toEqual([null, "tok/en"])
  })

  it("is renewed once when the access token is over, and the request sent again", async () => {
    const log = tired(() => json({}))
    expect(await genres()).toEqual(GENRES)
    expect(log.map(({ path }) => path)).toEqual(["/genres", "/auth/refresh", "/genres"])
    expect(log[1]?.headers.get("X-CSRF-Token")).toBe("tok/en")
    expect(ended).not.toHaveBeenCalled()
  })

  it("is renewed once for many requests at the same time", async () => {
    const log = tired(() => json({}))
    await Promise.all([genres(), genres(), genres(), genres()])
    expect(count(log, "/auth/refresh")).toBe(1)
    expect(count(log, "/genres")).toBe(8)
  })

  it("is over when the refresh token is", async () => {
    tired(() => problem(401, "session_ended"))
    await expect(genres()).rejects.toMatchObject({ code: "session_ended" })
    expect(ended).toHaveBeenCalled()
  })

  it("is not over because the server cannot be reached", async () => {
    serve({
      "POST /auth/refresh": () => Promise.reject(new TypeError("Failed to fetch")),
      "GET /genres": () => problem(401, "session_ended"),
    })
    await expect(genres()).rejects.toMatchObject({ code: "offline" })
    expect(ended).not.toHaveBeenCalled()
  })

  it("leaves wrong passwords alone", async () => {
    const log = serve({ "POST /auth/sign-in": () => problem(401, "wrong_credentials") })
    const asked = take(api.POST("/api/v1/auth/sign-in", { body: { login: "a", password: "b" } }))
    await expect(asked).rejects.toMatchObject({ code: "wrong_credentials" })
    expect(log).toHaveLength(1)
  })

  it("is not renewed by a tab that comes after another", async () => {
    const log = serve({ "POST /auth/refresh": () => json({}) })
    const began = Date.now() - 1
    const answers = await Promise.all([refreshSession(began), refreshSession(began), refreshSession(began)])
    expect(answers).toEqual([true, true, true])
    expect(log).toHaveLength(1)
  })

  it("is renewed in time, and not before", async () => {
    const log = serve({ "POST /auth/refresh": () => json({}) })
    await keepFresh()
    await keepFresh()
    expect(log).toHaveLength(1)
    localStorage.setItem("sarau.fresh_at", String(Date.now() - 11 * 60_000))
    await keepFresh()
    expect(log).toHaveLength(2)
  })
})

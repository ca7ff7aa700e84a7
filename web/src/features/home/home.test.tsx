import { screen } from "@testing-library/react"
import { describe, expect, it } from "vitest"

import HomePage from "@/features/home/HomePage"
import { greetingOf, heardLately } from "@/features/home/lately"
import { openPage } from "@/shared/testing/page"
import { json, serve } from "@/shared/testing/server"
import { anAlbum, aPerson, aTrack } from "@/shared/testing/things"

const page = (items: unknown[]) => () => json({ items, next_cursor: null })

describe("the start", () => {
  it("tells an owner of an empty house what to do", async () => {
    serve({ "GET /albums": page([]), "GET /tracks": page([]), "GET /me/plays": page([]) })
    openPage(HomePage, { path: "/" })
    const link = await screen.findByRole("link", { name: "Add a folder" })
    expect(link.getAttribute("href")).toBe("/admin/libraries")
    expect(screen.getByRole("link", { name: "Upload" })).toBeTruthy()
  })

  it("tells a guest whom to ask", async () => {
    serve({ "GET /albums": page([]), "GET /tracks": page([]), "GET /me/plays": page([]) })
    openPage(HomePage, { path: "/", me: aPerson({ role: "guest" }, ["library.listen"]) })
    expect(await screen.findByText(/Ask whoever runs this house/)).toBeTruthy()
    expect(screen.queryByRole("link", { name: "Upload" })).toBeNull()
  })

  it("shows what came last and what was heard", async () => {
    serve({
      "GET /albums": page([anAlbum()]),
      "GET /tracks": page([aTrack({ id: "t7", title: "By chance" })]),
      "GET /me/plays": page([{ play: {}, track: aTrack({ id: "t1", title: "Heard" }) }]),
    })
    openPage(HomePage, { path: "/" })
    expect(await screen.findByRole("region", { name: "Recently added" })).toBeTruthy()
    expect(await screen.findByRole("button", { name: /^Play ?Heard/ })).toBeTruthy()
    expect(await screen.findByRole("button", { name: /^Play ?By chance/ })).toBeTruthy()
  })

  it("names what was heard once, and leaves out what is gone", () => {
    const [one, two] = [aTrack({ id: "1" }), aTrack({ id: "2" })]
    expect(heardLately([{ track: two }, { track: null }, { track: one }, { track: two }])).toEqual([two, one])
  })

  it("greets by the hour", () => {
    expect([5, 11, 12, 17, 18, 2].map(greetingOf)).toEqual([
      "morning",
      "morning",
      "afternoon",
      "afternoon",
      "evening",
      "evening",
    ])
  })
})

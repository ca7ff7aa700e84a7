import { screen } from "@testing-library/react"
import { describe, expect, it } from "vitest"

import AlbumPage, { discsOf } from "@/features/albums/AlbumPage"
import { creditLines } from "@/features/albums/credits"
import type { TrackDetails } from "@/shared/api/types"
import { openPage } from "@/shared/testing/page"
import { json, problem, serve } from "@/shared/testing/server"
import { anAlbum, aTrack } from "@/shared/testing/things"

describe("an album", () => {
  const two = [aTrack({ id: "t1", title: "One" }), aTrack({ id: "t2", title: "Two", disc_number: 2 })]

  it("shows its facts and its discs", async () => {
    serve({ "GET /albums/a1": () => json({ album: anAlbum({ disc_count: 2 }), tracks: two }) })
    openPage(AlbumPage, { path: "/albums/:id", at: "/albums/a1" })
    expect(await screen.findByRole("heading", { level: 1, name: "An Album" })).toBeTruthy()
    expect(screen.getByText("2 tracks")).toBeTruthy()
    expect(screen.getAllByRole("heading", { level: 2 }).map((heading) => heading.textContent)).toEqual([
      "Disc 1",
      "Disc 2",
    ])
  })

  it("that is not there says so", async () => {
    serve({ "GET /albums/a1": () => problem(404, "not_found") })
    openPage(AlbumPage, { path: "/albums/:id", at: "/albums/a1" })
    expect((await screen.findByRole("alert")).textContent).toContain("no such thing")
  })

  it("knows where each disc begins", () => {
    const tracks = [1, 1, 2, null, 3].map((disc, index) => aTrack({ id: String(index), disc_number: disc }))
    expect(discsOf(tracks).map(({ number, from, tracks: on }) => [number, from, on.length])).toEqual([
      [1, 0, 2],
      [2, 2, 1],
      [1, 3, 1],
      [3, 4, 1],
    ])
  })

  it("credits people by what they did, those heard most first", () => {
    const credits = (...pairs: [string, string][]) =>
      ({
        credits: pairs.map(([role, name]) => ({ role, artist: { id: name, name } })),
      }) as unknown as TrackDetails
    const lines = creditLines([
      credits(["composer", "Ana"], ["artist", "Zé"]),
      credits(["composer", "Rui"]),
      credits(["composer", "Rui"]),
    ])
    expect(
      lines.map(({ role, people }) => [role, people.map(({ artist, tracks }) => `${artist.name} ${tracks}`)]),
    ).toEqual([
      ["composer", ["Rui 2", "Ana 1"]],
      ["artist", ["Zé 1"]],
    ])
  })
})

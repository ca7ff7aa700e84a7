import { screen } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { expect, it } from "vitest"

import SearchPage from "@/features/search/SearchPage"
import { openPage } from "@/shared/testing/page"
import { json, serve } from "@/shared/testing/server"
import { anAlbum, anArtist } from "@/shared/testing/things"

const NOTHING = { corrected: null, artists: [], albums: [], tracks: [], playlists: [], lyrics: [] }
const name = { field: "name", text: "João Gilberto", ranges: [[0, 4]] }

it("shows each kind apart, and marks what was meant", async () => {
  const found = {
    ...NOTHING,
    query: "joao",
    artists: [{ item: anArtist({ name: "João Gilberto" }), matched: [name] }],
    albums: [{ item: anAlbum({ year: 1959 }), matched: [{ field: "year", text: "1959", ranges: [[0, 4]] }] }],
  }
  const log = serve({ "GET /search": () => json(found) })
  openPage(SearchPage, { path: "/search", at: "/search?q=joao" })
  const artists = await screen.findByRole("region", { name: "Artists" })
  expect(artists.querySelector("mark")?.textContent).toBe("João")
  expect(screen.getByRole("region", { name: "Albums" }).querySelector("mark")?.textContent).toBe("1959")
  expect(log[0]?.query.get("kinds")).toBe("artists,albums,tracks,playlists,lyrics")
})

it("says what it took a word for", async () => {
  const found = {
    ...NOTHING,
    query: "bjrok",
    corrected: "bjork",
    artists: [{ item: anArtist(), matched: [] }],
  }
  serve({ "GET /search": () => json(found) })
  openPage(SearchPage, { path: "/search", at: "/search?q=bjrok" })
  expect((await screen.findByRole("link", { name: "bjork" })).getAttribute("href")).toBe("/search?q=bjork")
})

it("explains its filters by examples that can be taken over", async () => {
  serve({ "GET /search": () => json({ ...NOTHING, query: "genre:samba" }) })
  const { place } = openPage(SearchPage, { path: "/search" })
  await userEvent.click(screen.getByRole("button", { name: "genre:samba" }))
  expect(place()).toBe("/search?q=genre%3Asamba")
  expect(await screen.findByText("Nothing found for “genre:samba”")).toBeTruthy()
})

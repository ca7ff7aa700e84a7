import { screen } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { expect, it, vi } from "vitest"

import { Rating } from "@/player/marks/Rating"
import { openPage } from "@/shared/testing/page"
import { json, problem, serve } from "@/shared/testing/server"

function TwoRatings() {
  return (
    <>
      <Rating kind="track" id="t1" name="One" />
      <Rating kind="track" id="t2" name="Two" />
    </>
  )
}

const marks = (rating: number) => ({ rating, starred_at: null, play_count: 0, last_played: null })

it("asks for all on a page at once, and gives and takes back", async () => {
  const log = serve({
    "GET /me/marks": () => json({ marks: { t2: marks(3) } }),
    "PUT /tracks/*": () => new Response(null, { status: 204 }),
  })
  openPage(TwoRatings, { path: "/" })
  const two = await screen.findByRole("radiogroup", { name: "Rating of Two" })
  await vi.waitFor(() => {
    expect(two.querySelector("[aria-checked=true]")?.getAttribute("aria-label")).toBe("3 of 5 stars")
  })
  expect(log.map(({ query }) => query.get("ids"))).toEqual(["t1,t2"])
  const [star] = screen.getAllByRole("radio", { name: "5 of 5 stars" })
  if (star) await userEvent.click(star)
  expect(star?.getAttribute("aria-checked")).toBe("true")
  if (star) await userEvent.click(star)
  await vi.waitFor(() => {
    expect(log.filter(({ method }) => method === "PUT").map(({ body }) => body)).toEqual([
      { rating: 5 },
      { rating: 0 },
    ])
  })
})

it("goes back when the server does not take it", async () => {
  serve({
    "GET /me/marks": () => json({ marks: { t1: marks(2) } }),
    "PUT /tracks/*": () => problem(503, "unavailable"),
  })
  openPage(TwoRatings, { path: "/" })
  const one = await screen.findByRole("radiogroup", { name: "Rating of One" })
  const shown = () => one.querySelector("[aria-checked=true]")?.getAttribute("aria-label")
  await vi.waitFor(() => {
    expect(shown()).toBe("2 of 5 stars")
  })
  const [star] = screen.getAllByRole("radio", { name: "4 of 5 stars" })
  if (star) await userEvent.click(star)
  await vi.waitFor(() => {
    expect(shown()).toBe("2 of 5 stars")
  })
})

import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { act, renderHook, waitFor } from "@testing-library/react"
import { describe, expect, it } from "vitest"

import { trackSource } from "@/shared/api/catalogue"
import { useListing } from "@/shared/api/useListing"
import { json, serve, type Asked } from "@/shared/testing/server"
import { aTrack } from "@/shared/testing/things"

const PAGE = 200

/** A server with so many tracks, whose cursors are the places where pages begin. */
function shelf(total: number): Asked[] {
  const starts = Array.from(
    { length: Math.max(0, Math.ceil(total / PAGE) - 1) },
    (_, page) => (page + 1) * PAGE,
  )
  return serve({
    "GET /tracks/outline": () => json({ total, cursors: starts.map(String) }),
    "GET /tracks": ({ query }) => {
      const from = Number(query.get("cursor") ?? 0)
      const length = Math.max(0, Math.min(PAGE, total - from))
      const items = Array.from({ length }, (_, index) => aTrack({ id: `t${from + index}` }))
      return json({ items, next_cursor: from + PAGE < total ? String(from + PAGE) : null })
    },
  })
}

function listing() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const { result } = renderHook(() => useListing(trackSource({ sort: "title" })), {
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  })
  return result
}

const pagesOf = (log: Asked[]) =>
  log.filter(({ path }) => path === "/tracks").map(({ query }) => query.get("cursor"))

describe("a long list", () => {
  it("knows its length and its top from the start, and fetches what comes into sight", async () => {
    const log = shelf(100_000)
    const list = listing()
    await waitFor(() => {
      expect(list.current.count).toBe(100_000)
    })
    expect(list.current.at(199)?.id).toBe("t199")
    expect(list.current.at(50_150)).toBeUndefined()
    act(() => list.current.onSee?.(50_120, 50_180))
    await waitFor(() => {
      expect(list.current.at(50_150)?.id).toBe("t50150")
    })
    expect(pagesOf(log)).toEqual([null, "50000", "50200"])
  })

  it("fetches nothing of what one only passes", async () => {
    const log = shelf(100_000)
    const list = listing()
    await waitFor(() => {
      expect(list.current.count).toBe(100_000)
    })
    for (let row = 1_000; row <= 99_000; row += 1_000) act(() => list.current.onSee?.(row, row + 40))
    await waitFor(() => {
      expect(list.current.at(99_010)?.id).toBe("t99010")
    })
    expect(pagesOf(log)).toEqual([null, "98800", "99000"])
  })

  it("is played on from any place, though only parts of it are here", async () => {
    shelf(1_000)
    const list = listing()
    await waitFor(() => {
      expect(list.current.count).toBe(1_000)
    })
    const top = list.current.around(7)
    expect([top.items.length, top.at, top.cursor]).toEqual([200, 7, "200"])
    act(() => list.current.onSee?.(650, 690))
    await waitFor(() => {
      expect(list.current.at(660)).toBeDefined()
    })
    await waitFor(() => {
      expect(list.current.at(590)).toBeDefined()
    })
    const { items, at, cursor } = list.current.around(660)
    expect(items[at]?.id).toBe("t660")
    expect([items[0]?.id, items.length, cursor]).toEqual(["t400", 400, "800"])
  })

  it("that is short is not asked for its length", async () => {
    const log = shelf(3)
    const list = listing()
    await waitFor(() => {
      expect(list.current.count).toBe(3)
    })
    expect(list.current.around(2).cursor).toBeNull()
    expect(log).toHaveLength(1)
  })
})

import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { render, type RenderResult } from "@testing-library/react"
import type { ComponentType } from "react"
import { createMemoryRouter, RouterProvider } from "react-router"

import type { House, Me } from "@/shared/api/types"
import { houseQuery } from "@/shared/session/house"
import { aPerson } from "@/shared/testing/things"

interface Options {
  /** The pattern of the page's route. */
  path: string
  /** The address it is opened at; left out, the pattern itself. */
  at?: string
  /** Who is signed in; null for nobody. */
  me?: Me | null
  house?: Partial<House>
}

interface Opened extends RenderResult {
  client: QueryClient
  /** The address shown now. */
  place: () => string
}

/** Open one page as the app would, with everything around that it needs. */
export function openPage(Page: ComponentType, { path, at = path, me = aPerson(), house }: Options): Opened {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false }, mutations: { retry: false } },
  })
  client.setQueryData(houseQuery.queryKey, { name: "Sarau", version: "1", needs_setup: false, me, ...house })
  const elsewhere = { path: "*", element: <p>elsewhere</p> }
  const router = createMemoryRouter([{ path, Component: Page }, elsewhere], { initialEntries: [at] })
  const rendered = render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
  return { ...rendered, client, place: () => router.state.location.pathname + router.state.location.search }
}

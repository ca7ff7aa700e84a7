import { queryOptions } from "@tanstack/react-query"

import { api, take } from "@/shared/api/client"
import type { Scan } from "@/shared/api/types"

const BUSY_MS = 1_000
const IDLE_MS = 10_000

export const managedQuery = queryOptions({
  queryKey: ["admin", "libraries"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/admin/libraries", { signal })),
})

/** The scans; looked at every second while one runs or is about to. */
export function scansQuery(expecting: boolean) {
  return queryOptions({
    queryKey: ["admin", "scans"],
    queryFn: ({ signal }) => take(api.GET("/api/v1/admin/scans", { signal })),
    refetchInterval: ({ state }) => {
      const busy = expecting || (state.data?.items.some(isRunning) ?? false)
      return busy ? BUSY_MS : IDLE_MS
    },
  })
}

export function isRunning({ state }: Scan): boolean {
  return state === "running"
}

export function problemsQuery(id: string) {
  return queryOptions({
    queryKey: ["admin", "problems", id],
    queryFn: () =>
      take(
        api.GET("/api/v1/admin/libraries/{library_id}/problems", { params: { path: { library_id: id } } }),
      ),
  })
}

export function missingQuery(id: string) {
  return queryOptions({
    queryKey: ["admin", "missing", id],
    queryFn: () =>
      take(api.GET("/api/v1/admin/libraries/{library_id}/missing", { params: { path: { library_id: id } } })),
  })
}

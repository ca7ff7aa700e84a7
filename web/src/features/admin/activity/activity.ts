import { infiniteQueryOptions } from "@tanstack/react-query"

import type { Page } from "@/shared/api/catalogue"
import { api, take } from "@/shared/api/client"
import type { Entry } from "@/shared/api/types"

const LIMIT = 100

export function activityQuery(kind: string | null, actorId: string | null) {
  return infiniteQueryOptions({
    queryKey: ["admin", "activity", kind, actorId],
    queryFn: ({ pageParam, signal }) => {
      const query = { kind, actor_id: actorId, limit: LIMIT, cursor: pageParam }
      return take(api.GET("/api/v1/activity", { params: { query }, signal }))
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<Entry>) => page.next_cursor,
  })
}

/** The details of an entry in one line; ids mean nothing to people and are left out. */
export function detailsText(details: Record<string, unknown>): string {
  const shown = Object.entries(details).filter(
    ([name, value]) => value !== null && value !== "" && !name.endsWith("_id"),
  )
  return shown
    .map(
      ([name, value]) =>
        `${name.replaceAll("_", " ")}: ${typeof value === "string" ? value : JSON.stringify(value)}`,
    )
    .join(" · ")
}

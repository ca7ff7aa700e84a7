import { queryOptions } from "@tanstack/react-query"

import { api, take } from "@/shared/api/client"

export const invitesQuery = queryOptions({
  queryKey: ["admin", "invites"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/invites", { signal })),
})

/** The address somebody invited opens. */
export function inviteLink(code: string): string {
  return `${location.origin}/invite/${encodeURIComponent(code)}`
}

/** A whole number within bounds, or null. */
export function wholeNumber(text: string, low: number, high: number): number | null {
  const number = Number(text)
  return /^\d+$/.test(text.trim()) && number >= low && number <= high ? number : null
}

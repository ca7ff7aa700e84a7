import { queryOptions } from "@tanstack/react-query"

import { api, take } from "@/shared/api/client"
import type { Role, User } from "@/shared/api/types"

export const usersQuery = queryOptions({
  queryKey: ["admin", "users"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/users", { signal })),
})

export const ROLES = ["guest", "member", "admin", "owner"] as const satisfies readonly Role[]

/** The roles somebody may hand out: none above their own. */
export function rolesBelow(own: string): Role[] {
  const rank = ROLES.findIndex((role) => role === own)
  return ROLES.slice(0, rank + 1)
}

/** How to call somebody. */
export function nameOf({ display_name: shown, username }: User): string {
  return shown || username
}

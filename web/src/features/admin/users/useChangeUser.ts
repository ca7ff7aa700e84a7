import { useQueryClient } from "@tanstack/react-query"

import { usersQuery } from "@/features/admin/people"
import { api, take } from "@/shared/api/client"
import type { Role, User } from "@/shared/api/types"
import { houseQuery } from "@/shared/session/house"

interface Change {
  role?: Role
  disabled?: boolean
  quota_bytes?: number | null
}

/** Change an account, and show it wherever it stands. */
export function useChangeUser(): (user: User, change: Change) => Promise<void> {
  const client = useQueryClient()
  return async ({ id }, change) => {
    try {
      await take(api.PATCH("/api/v1/users/{user_id}", { params: { path: { user_id: id } }, body: change }))
    } finally {
      // Also after a refusal: the fields go back to what is true.
      await client.invalidateQueries({ queryKey: usersQuery.queryKey })
      await client.invalidateQueries({ queryKey: houseQuery.queryKey })
    }
  }
}

import { queryOptions, useQuery, type QueryClient } from "@tanstack/react-query"

import { api, take } from "@/shared/api/client"
import type { House, Me } from "@/shared/api/types"
import { csrfToken, refreshSession, sessionFresh } from "@/shared/session/session"

export type Permission =
  | "library.listen"
  | "library.download"
  | "library.upload"
  | "library.edit"
  | "library.edit_any"
  | "library.manage"
  | "invites.create"
  | "invites.manage"
  | "users.manage"
  | "users.manage_owners"
  | "activity.read"

/** The house and who is in it; asked first, with the access token renewed if only that has ended. */
async function enter(): Promise<House> {
  const began = Date.now()
  const house = await take(api.GET("/api/v1/house"))
  if (house.me !== null || csrfToken() === null) return house
  return (await refreshSession(began)) ? take(api.GET("/api/v1/house")) : house
}

export const houseQuery = queryOptions({ queryKey: ["house"], queryFn: enter, staleTime: Infinity })

/** Forget what was somebody's; what the porch asked of the house stays, for it is still on the screen. */
function forget(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey: [first] }) => first !== "house" && first !== "entry" })
}

/** Somebody came in: everything else known so far was another's. */
export function signedIn(client: QueryClient, me: Me): void {
  sessionFresh()
  const house = client.getQueryData(houseQuery.queryKey)
  forget(client)
  if (house) client.setQueryData(houseQuery.queryKey, { ...house, needs_setup: false, me })
}

/** Nobody is signed in any more. */
export function signedOut(client: QueryClient): void {
  forget(client)
  client.setQueryData(houseQuery.queryKey, (house) => house && { ...house, me: null })
}

/** Who is signed in; only for pages behind the door. */
export function useMe(): Me {
  const { data } = useQuery(houseQuery)
  if (!data?.me) throw new Error("nobody is signed in")
  return data.me
}

/** Whether one may do something. */
export function useMay(permission: Permission): boolean {
  const { data } = useQuery(houseQuery)
  return data?.me?.permissions.includes(permission) ?? false
}

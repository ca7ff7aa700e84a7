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
  | "shares.create"
  | "shares.manage"
  | "users.manage"
  | "users.manage_owners"
  | "activity.read"

const WHO = "sarau.who"

/** Tell the other tabs, which share the session, who is signed in now. */
function tellWho(me: Me | null): void {
  if (me) localStorage.setItem(WHO, me.user.id)
  else localStorage.removeItem(WHO)
}

async function ask(): Promise<House> {
  const began = Date.now()
  const house = await take(api.GET("/api/v1/house"))
  if (house.me !== null || csrfToken() === null) return house
  return (await refreshSession(began)) ? take(api.GET("/api/v1/house")) : house
}

/** The house and who is in it; asked first, with the access token renewed if only that has ended. */
async function enter(): Promise<House> {
  const house = await ask()
  tellWho(house.me)
  return house
}

export const houseQuery = queryOptions({ queryKey: ["house"], queryFn: enter, staleTime: Infinity })

/** Forget what was somebody's; what the porch asked of the house stays, for it is still on the screen. */
function forget(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey: [first] }) => first !== "house" && first !== "entry" })
}

/** Somebody came in: everything else known so far was another's. */
export function signedIn(client: QueryClient, me: Me): void {
  sessionFresh()
  tellWho(me)
  const house = client.getQueryData(houseQuery.queryKey)
  forget(client)
  if (house) client.setQueryData(houseQuery.queryKey, { ...house, needs_setup: false, me })
}

/** Nobody is signed in any more. */
export function signedOut(client: QueryClient): void {
  tellWho(null)
  forget(client)
  client.setQueryData(houseQuery.queryKey, (house) => house && { ...house, me: null })
}

/** Who comes in or leaves in another tab does so in this one; returns how to stop. */
export function openTabs(client: QueryClient): () => void {
  const onStorage = ({ key, newValue }: StorageEvent) => {
    const here = client.getQueryData(houseQuery.queryKey)?.me?.user.id ?? null
    if (key !== WHO || newValue === here) return
    if (newValue === null) {
      signedOut(client)
      return
    }
    forget(client)
    void client.invalidateQueries({ queryKey: houseQuery.queryKey })
  }
  window.addEventListener("storage", onStorage)
  return () => {
    window.removeEventListener("storage", onStorage)
  }
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

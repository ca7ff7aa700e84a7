import { queryOptions } from "@tanstack/react-query"

import { call } from "@/shared/api/call"

/** A device that keeps files. */
export interface SyncDevice {
  id: string
  name: string
  type: string
  last_seen_at: string
  /** 0: unknown. */
  space_free_bytes: number
  space_total_bytes: number
  held_count: number
  held_bytes: number
}

export type RuleKind =
  "track" | "album" | "artist" | "genre" | "playlist" | "library" | "starred" | "recently_added"

export interface SyncRule {
  kind: RuleKind
  id?: string | null
  count?: number | null
}

export interface SyncRules {
  rules: SyncRule[]
  /** 0: as much as fits. */
  limit_bytes: number
}

/** How much of a plan is of one action. */
export interface PlanSum {
  action: "fetch" | "keep" | "drop" | "no_space"
  count: number
  size_bytes: number
}

function at(id: string): string {
  return `/sync/devices/${encodeURIComponent(id)}`
}

export const syncDevicesQuery = queryOptions({
  queryKey: ["sync", "devices"],
  queryFn: async ({ signal }) =>
    (await call<{ items: SyncDevice[] }>("GET", "/sync/devices", { signal })).items,
})

export function rulesQuery(deviceId: string) {
  return queryOptions({
    queryKey: ["sync", "rules", deviceId],
    queryFn: ({ signal }) => call<SyncRules>("GET", `${at(deviceId)}/rules`, { signal }),
  })
}

/** How much a device is to fetch, keep and drop. */
export function planQuery(deviceId: string) {
  return queryOptions({
    queryKey: ["sync", "plan", deviceId],
    queryFn: async ({ signal }) => {
      const query = { limit: 0 }
      return (await call<{ sums: PlanSum[] }>("GET", `${at(deviceId)}/plan`, { query, signal })).sums
    },
  })
}

export function setRules(deviceId: string, rules: SyncRules): Promise<SyncRules> {
  return call("PUT", `${at(deviceId)}/rules`, { body: rules })
}

export function forgetSyncDevice(deviceId: string): Promise<void> {
  return call("DELETE", at(deviceId))
}

import { queryOptions } from "@tanstack/react-query"

import { api, take } from "@/shared/api/client"
import type { components } from "@/shared/api/schema"

type Schemas = components["schemas"]

/** A device that keeps files. */
export type SyncDevice = Schemas["Device"]
export type RuleKind = Schemas["RuleKind"]
export type SyncRule = Schemas["Rule"]
export type SyncRules = Schemas["Rules"]
/** How much of a plan is of one action. */
export type PlanSum = Schemas["PlanSum"]

function of(id: string) {
  return { params: { path: { device_id: id } } }
}

export const syncDevicesQuery = queryOptions({
  queryKey: ["sync", "devices"],
  queryFn: async ({ signal }) => (await take(api.GET("/api/v1/sync/devices", { signal }))).items,
})

export function rulesQuery(deviceId: string) {
  return queryOptions({
    queryKey: ["sync", "rules", deviceId],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/sync/devices/{device_id}/rules", { ...of(deviceId), signal })),
  })
}

/** How much a device is to fetch, keep and drop. */
export function planQuery(deviceId: string) {
  return queryOptions({
    queryKey: ["sync", "plan", deviceId],
    queryFn: async ({ signal }) => {
      const params = { ...of(deviceId).params, query: { limit: 0 } }
      return (await take(api.GET("/api/v1/sync/devices/{device_id}/plan", { params, signal }))).sums
    },
  })
}

export function setRules(deviceId: string, rules: SyncRules): Promise<SyncRules> {
  return take(api.PUT("/api/v1/sync/devices/{device_id}/rules", { ...of(deviceId), body: rules }))
}

export async function forgetSyncDevice(deviceId: string): Promise<void> {
  await take(api.DELETE("/api/v1/sync/devices/{device_id}", of(deviceId)))
}

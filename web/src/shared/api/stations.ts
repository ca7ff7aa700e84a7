import { queryOptions } from "@tanstack/react-query"

import { api, take } from "@/shared/api/client"
import type { components } from "@/shared/api/schema"

type Schemas = components["schemas"]

export type Station = Schemas["Station"]
export type NewStation = Schemas["NewStation"]

export const stationsQuery = queryOptions({
  queryKey: ["stations"],
  queryFn: async ({ signal }) => (await take(api.GET("/api/v1/stations", { signal }))).items,
})

export function createStation(station: NewStation): Promise<Station> {
  return take(api.POST("/api/v1/stations", { body: station }))
}

function of(id: string) {
  return { params: { path: { station_id: id } } }
}

export function changeStation(id: string, station: NewStation): Promise<Station> {
  return take(api.PATCH("/api/v1/stations/{station_id}", { ...of(id), body: station }))
}

export async function deleteStation(id: string): Promise<void> {
  await take(api.DELETE("/api/v1/stations/{station_id}", of(id)))
}

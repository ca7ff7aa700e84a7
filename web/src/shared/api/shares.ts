import { queryOptions } from "@tanstack/react-query"

import { api, take } from "@/shared/api/client"
import type { components } from "@/shared/api/schema"

type Schemas = components["schemas"]

export type Share = Schemas["Share"]
export type NewShare = Schemas["NewShare"]
export type ShareChange = Schemas["ShareChange"]
export type ShareTarget = Schemas["Target"]
export type SharedPage = Schemas["SharedPage"]
export type SharedTrack = Schemas["SharedTrack"]
export type OpenedShare = Schemas["OpenedShare"]

export function sharesQuery(everybody = false) {
  return queryOptions({
    queryKey: ["shares", everybody ? "all" : "mine"],
    queryFn: async ({ signal }) =>
      (await take(api.GET("/api/v1/shares", { params: { query: { everybody } }, signal }))).items,
  })
}

export function createShare(body: NewShare): Promise<Share> {
  return take(api.POST("/api/v1/shares", { body }))
}

function of(id: string) {
  return { params: { path: { share_id: id } } }
}

export function changeShare(id: string, body: ShareChange): Promise<Share> {
  return take(api.PATCH("/api/v1/shares/{share_id}", { ...of(id), body }))
}

export async function deleteShare(id: string): Promise<void> {
  await take(api.DELETE("/api/v1/shares/{share_id}", of(id)))
}

/** The address strangers open. */
export function shareLink({ slug }: Pick<Share, "slug">): string {
  return `${location.origin}/s/${encodeURIComponent(slug)}`
}

/** Whether a link is good, and needs a password. */
export function sharedInfoQuery(slug: string) {
  return queryOptions({
    queryKey: ["shared", slug],
    queryFn: ({ signal }) => take(api.GET("/api/v1/shared/{slug}", { params: { path: { slug } }, signal })),
    staleTime: Infinity,
  })
}

/** Come in by a link; counted as a visit. */
export function openShared(slug: string, password: string | null): Promise<OpenedShare> {
  return take(api.POST("/api/v1/shared/{slug}/open", { params: { path: { slug } }, body: { password } }))
}

/** Where something of a track behind a link is, for who has a ticket. */
export function sharedUrl(
  slug: string,
  trackId: string,
  part: "stream" | "cover" | "download",
  query: Record<string, string>,
): string {
  const path = `/api/v1/shared/${encodeURIComponent(slug)}/tracks/${encodeURIComponent(trackId)}/${part}`
  return `${path}?${new URLSearchParams(query)}`
}

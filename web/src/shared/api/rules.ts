import { keepPreviousData, queryOptions } from "@tanstack/react-query"

import { api, take } from "@/shared/api/client"
import type { components } from "@/shared/api/schema"

type Schemas = components["schemas"]

export type SmartRules = Schemas["SmartRules"]
export type RuleGroup = Schemas["RuleGroup"]
export type RuleCondition = Schemas["RuleCondition"]
export type RuleSort = Schemas["RuleSort"]
export type RuleField = Schemas["RuleField"]
export type FieldKind = Schemas["FieldKind"]
export type Operator = Schemas["Operator"]

export const ruleFieldsQuery = queryOptions({
  queryKey: ["rules", "fields"],
  queryFn: async ({ signal }) => (await take(api.GET("/api/v1/playlists/rules/fields", { signal }))).items,
  staleTime: Infinity,
})

/** How many tracks rules choose just now, and the first of them. */
export function previewQuery(rules: SmartRules) {
  return queryOptions({
    queryKey: ["rules", "preview", rules],
    queryFn: ({ signal }) => take(api.POST("/api/v1/playlists/rules/preview", { body: rules, signal })),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  })
}

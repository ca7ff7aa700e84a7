import { describe, expect, it } from "vitest"

import { draftOf, newCondition, replaced, rulesOf, withOperator } from "@/features/playlists/rules/draft"
import type { RuleField, SmartRules } from "@/shared/api/rules"

const YEAR: RuleField = {
  name: "year",
  kind: "number",
  operators: ["is", "below", "between", "empty"],
  sortable: true,
}
const LENGTH: RuleField = {
  name: "duration_ms",
  kind: "number",
  operators: ["below", "between"],
  sortable: true,
}
const ADDED: RuleField = {
  name: "added_at",
  kind: "moment",
  operators: ["before", "within_days"],
  sortable: true,
}
const GENRE: RuleField = { name: "genre", kind: "text", operators: ["is"], sortable: false }
const STARRED: RuleField = { name: "starred", kind: "flag", operators: ["is"], sortable: false }
const FIELDS = new Map([YEAR, LENGTH, ADDED, GENRE, STARRED].map((field) => [field.name, field]))

const RULES: SmartRules = {
  match: {
    kind: "group",
    match: "all",
    rules: [
      { kind: "condition", field: "year", operator: "between", value: [1970, 1979] },
      { kind: "condition", field: "duration_ms", operator: "below", value: 270_000 },
      {
        kind: "group",
        match: "none",
        rules: [
          { kind: "condition", field: "genre", operator: "is", value: "Jazz" },
          { kind: "condition", field: "starred", operator: "is", value: false },
        ],
      },
    ],
  },
  sort: [{ by: "year", order: "desc" }],
  limit: 50,
}

describe("rules as they are typed", () => {
  it("are the same after they were opened and saved", () => {
    expect(rulesOf(draftOf(RULES), FIELDS)).toEqual({ rules: RULES, whole: true })
  })

  it("show lengths in minutes", () => {
    expect(draftOf(RULES).match.rules[1]).toMatchObject({ values: ["4.5"] })
  })

  it("leave out what is not whole, and say so", () => {
    const draft = draftOf(RULES)
    const half = { ...newCondition(ADDED), operator: "within_days" as const, values: ["many"] }
    const now = { ...draft, match: { ...draft.match, rules: [half] } }
    expect(rulesOf(now, FIELDS)).toEqual({
      rules: { ...RULES, match: { kind: "group", match: "all", rules: [] } },
      whole: false,
    })
    const whole = { ...half, values: ["30"] }
    expect(rulesOf({ ...now, match: replaced(now.match, half.key, whole) }, FIELDS).whole).toBe(true)
  })

  it("lose a rule wherever it stands", () => {
    const { match } = draftOf(RULES)
    const inner = match.rules[2]
    const gone = inner?.kind === "group" ? inner.rules[0] : undefined
    const { rules } = rulesOf({ match: replaced(match, gone?.key ?? 0, null), sort: [], limit: "" }, FIELDS)
    expect(JSON.stringify(rules)).not.toContain("Jazz")
    expect(rules.limit).toBe(10_000)
  })

  it("keep what was typed when they are compared in another way, where it fits", () => {
    const typed = { ...newCondition(YEAR), values: ["1975"] }
    expect(withOperator(typed, YEAR, "between").values).toEqual(["1975", ""])
    expect(withOperator(typed, YEAR, "empty").values).toEqual([])
    const date = { ...newCondition(ADDED), values: ["2026-01-01"] }
    expect(withOperator(date, ADDED, "within_days").values).toEqual([""])
  })

  it.each(["0", "1.5", "10001", "some"])("do not take %s for a number of tracks", (limit) => {
    expect(rulesOf({ ...draftOf(RULES), limit }, FIELDS).whole).toBe(false)
  })
})

import { expect, it } from "vitest"

import { raised, withRule } from "@/features/devices/rules"
it("a rule stands once, the latest count of it, and can be moved up", () => {
  const rules = withRule(withRule([{ kind: "recently_added", count: 5 }], { kind: "album", id: "a" }), {
    kind: "recently_added",
    count: 9,
  })
  expect(rules).toEqual([
    { kind: "album", id: "a" },
    { kind: "recently_added", count: 9 },
  ])
  expect(raised(rules, 1).map(({ kind }) => kind)).toEqual(["recently_added", "album"])
  expect(raised(rules, 0)).toEqual(rules)
})

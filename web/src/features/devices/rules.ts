import type { SyncRule } from "@/shared/api/sync"

/** Whether two rules keep the same. */
export function isSame(one: SyncRule, other: SyncRule): boolean {
  return one.kind === other.kind && (one.id ?? null) === (other.id ?? null)
}

/** The rules with one more at the end; one of the same kind gives way. */
export function withRule(rules: readonly SyncRule[], rule: SyncRule): SyncRule[] {
  return [...rules.filter((other) => !isSame(other, rule)), rule]
}

/** The rules with one of them a place further up: it counts before the one it passes. */
export function raised(rules: readonly SyncRule[], place: number): SyncRule[] {
  const rule = rules[place]
  if (!rule || place === 0) return [...rules]
  return rules.toSpliced(place, 1).toSpliced(place - 1, 0, rule)
}

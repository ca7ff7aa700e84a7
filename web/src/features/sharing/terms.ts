/** For how long a link is to be good. */
export type Term = "never" | "day" | "week" | "month" | "year"

export const TERMS: readonly Term[] = ["never", "day", "week", "month", "year"]

const DAYS: Record<Exclude<Term, "never">, number> = { day: 1, week: 7, month: 30, year: 365 }
const DAY_MS = 86_400_000

/** When a link ends that is made now. */
export function endOf(term: Term, now = Date.now()): string | null {
  return term === "never" ? null : new Date(now + DAYS[term] * DAY_MS).toISOString()
}

export function isOver(expiresAt: string | null, now = Date.now()): boolean {
  return expiresAt !== null && new Date(expiresAt).getTime() <= now
}

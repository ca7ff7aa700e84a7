/** What to do about a player that is not where it should be. */
export type Correction = { kind: "rate"; rate: number } | { kind: "seek" }

const SEEK_BEYOND_MS = 350
const LEAP_BEYOND_MS = 2_000
const SEEK_EVERY_MS = 3_000
const NEAR_MS = 12
const MOST_SKEW = 0.06
/** A drift is made good in about this time. */
const MEND_IN_MS = 1_500

/**
 * Bring a player to where others are: a little faster or slower while the drift is small, for that is hardly heard,
 * else by a jump. `driftMs` is how far it is ahead, `sinceSeekMs` how long ago it jumped last.
 */
export function correctionFor(driftMs: number, rate: number, sinceSeekMs: number): Correction {
  const far = Math.abs(driftMs)
  if (far > LEAP_BEYOND_MS && sinceSeekMs > 1_000) return { kind: "seek" }
  if (far > SEEK_BEYOND_MS && sinceSeekMs > SEEK_EVERY_MS) return { kind: "seek" }
  if (far < NEAR_MS) return { kind: "rate", rate }
  const skew = Math.max(-MOST_SKEW, Math.min(MOST_SKEW, -driftMs / MEND_IN_MS))
  return { kind: "rate", rate: rate * (1 + skew) }
}

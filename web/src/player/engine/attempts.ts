import type { Plan } from "@/player/engine/formats"
import type { Remedy } from "@/player/engine/trouble"

const MOST_RETRIES = 4

/** The ways to play one track that are left, and the patience with it. */
export class Attempts {
  private plans: readonly Plan[]
  private retries = 0

  constructor(plans: readonly Plan[]) {
    this.plans = plans
  }

  /** The best way left. */
  get best(): Plan | null {
    return this.plans[0] ?? null
  }

  /** The way to try after one failed, null to give up. */
  after(failed: Plan, remedy: Remedy): Plan | null {
    if (remedy.counts) this.retries++
    if (remedy.convert) this.plans = this.plans.filter(({ format }) => format !== failed.format)
    return remedy.giveUp || this.retries > MOST_RETRIES ? null : this.best
  }
}

import { pause } from "@/shared/format/pause"

const CLAIM = "sarau.lock"
const CLAIM_MS = 10_000
const SETTLE_MS = 40

interface Claim {
  owner: string
  until: number
}

function claimed(): Claim | null {
  try {
    return JSON.parse(localStorage.getItem(CLAIM) ?? "null") as Claim | null
  } catch {
    return null
  }
}

/**
 * The lock for pages reached by plain http in the home network, where browsers have no navigator.locks: a claim in
 * localStorage that counts once it has stood unchallenged for a moment, and lapses when its tab dies.
 */
async function withClaim<T>(work: () => Promise<T>): Promise<T> {
  const owner = `${Date.now()}-${Math.random()}`
  for (;;) {
    const held = claimed()
    if (!held || held.until < Date.now()) {
      localStorage.setItem(CLAIM, JSON.stringify({ owner, until: Date.now() + CLAIM_MS }))
      await pause(SETTLE_MS)
      if (claimed()?.owner === owner) break
    }
    await pause(SETTLE_MS)
  }
  try {
    return await work()
  } finally {
    if (claimed()?.owner === owner) localStorage.removeItem(CLAIM)
  }
}

/** Run work that must not run in two tabs at a time. */
export async function alone<T>(work: () => Promise<T>): Promise<T> {
  // Typed as always there, but insecure origins have none.
  const locks = navigator.locks as LockManager | undefined
  return locks ? await locks.request("sarau.session", work) : withClaim(work)
}

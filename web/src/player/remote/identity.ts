const SLOTS = 6

/** Where the id of the device that this tab is is kept. */
export interface Identity {
  readonly id: string
  keep: (id: string) => void
  /** Another tab may be this device from now on. */
  leave: () => void
}

function kept(storage: Storage, name: string, leave: () => void): Identity {
  return {
    id: storage.getItem(name) ?? "",
    keep: (id) => {
      storage.setItem(name, id)
    },
    leave,
  }
}

/** Hold a lock as long as somebody wants; null when another tab holds it. */
function hold(locks: LockManager, name: string): Promise<(() => void) | null> {
  return new Promise((taken) => {
    void locks.request(name, { ifAvailable: true }, (lock) => {
      if (!lock) {
        taken(null)
        return
      }
      return new Promise<void>((release) => {
        taken(release)
      })
    })
  })
}

/**
 * Which device this tab is. Tabs that are open together are different devices; a tab that is opened later is the
 * first of them that is free, so that their list does not grow with every visit.
 */
export async function identityOf(userId: string): Promise<Identity> {
  // Typed as always there, but insecure origins have none.
  const locks = navigator.locks as LockManager | undefined
  for (let slot = 0; locks && slot < SLOTS; slot++) {
    const name = `sarau.device.${userId}.${slot}`
    const release = await hold(locks, name)
    if (release) return kept(localStorage, name, release)
  }
  return kept(sessionStorage, `sarau.device.${userId}`, () => undefined)
}

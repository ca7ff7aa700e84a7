import { useEffect } from "react"

import { keepFresh } from "@/shared/session/session"

const LOOK_EVERY_MS = 60_000

/** Renews the session before it runs out, also after the computer slept. */
export function useSessionKeeper(): void {
  useEffect(() => {
    const look = () => {
      // Without a connection nothing is lost: the next look comes soon.
      void keepFresh().catch(() => null)
    }
    const onVisible = () => {
      if (document.visibilityState === "visible") look()
    }
    look()
    const timer = setInterval(look, LOOK_EVERY_MS)
    document.addEventListener("visibilitychange", onVisible)
    return () => {
      clearInterval(timer)
      document.removeEventListener("visibilitychange", onVisible)
    }
  }, [])
}

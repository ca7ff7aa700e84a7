import { useCallback, useEffect, useLayoutEffect, useSyncExternalStore } from "react"
import { NavigationType } from "react-router"

const places = new Map<string, number>()
const PATIENCE_MS = 1_500

/** Going back comes back to where one was; going anywhere else begins at the top. */
export function useScrollMemory(scroller: HTMLElement | null, key: string, how: NavigationType): void {
  useEffect(() => {
    if (!scroller) return
    const remember = () => {
      places.set(key, scroller.scrollTop)
    }
    // Registered only after the place was restored: the jump to the top of a shorter page is not to be remembered.
    const frame = requestAnimationFrame(() => {
      scroller.addEventListener("scroll", remember, { passive: true })
    })
    return () => {
      cancelAnimationFrame(frame)
      scroller.removeEventListener("scroll", remember)
    }
  }, [scroller, key])

  useLayoutEffect(() => {
    if (!scroller) return
    const wanted = how === NavigationType.Pop ? (places.get(key) ?? 0) : 0
    scroller.scrollTo({ top: wanted })
    if (scroller.scrollTop >= wanted) return
    // The page is still growing to its height.
    const observer = new ResizeObserver(() => {
      scroller.scrollTo({ top: wanted })
      if (scroller.scrollTop >= wanted) observer.disconnect()
    })
    for (const child of scroller.children) observer.observe(child)
    const timer = setTimeout(() => {
      observer.disconnect()
    }, PATIENCE_MS)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
    }
  }, [scroller, key, how])
}

/** Whether the page has left its top. */
export function useScrolled(scroller: HTMLElement | null): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      scroller?.addEventListener("scroll", listener, { passive: true })
      return () => scroller?.removeEventListener("scroll", listener)
    },
    [scroller],
  )
  return useSyncExternalStore(subscribe, () => (scroller?.scrollTop ?? 0) > 8)
}

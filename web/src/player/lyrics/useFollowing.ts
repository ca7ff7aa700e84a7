import { useCallback, useEffect, useState, type RefObject } from "react"

/** Where in the window of the lyrics the present line is kept, from its top. */
const AT = 0.38
const SCROLLING_KEYS = new Set(["PageUp", "PageDown", "Home", "End"])

function bring(scroller: HTMLElement, line: HTMLElement, smooth: boolean): void {
  const offset = line.getBoundingClientRect().top - scroller.getBoundingClientRect().top
  const top = scroller.scrollTop + offset - scroller.clientHeight * AT + line.offsetHeight / 2
  scroller.scrollTo({ top, behavior: smooth ? "smooth" : "instant" })
}

/**
 * Keeps the present line in sight until somebody scrolls by hand. Returns whether it does, and what resumes it. The
 * line is found by `data-line`.
 */
export function useFollowing(scroller: RefObject<HTMLElement | null>, line: number): [boolean, () => void] {
  const [following, setFollowing] = useState(true)

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const stop = () => {
      setFollowing(false)
    }
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (SCROLLING_KEYS.has(key)) stop()
    }
    const onPointerDown = (event: PointerEvent) => {
      // What is pressed beside everything that it holds is its scroll bar.
      if (event.target === element && event.offsetX >= element.clientWidth) stop()
    }
    element.addEventListener("wheel", stop, { passive: true })
    element.addEventListener("touchmove", stop, { passive: true })
    element.addEventListener("keydown", onKeyDown)
    element.addEventListener("pointerdown", onPointerDown)
    return () => {
      element.removeEventListener("wheel", stop)
      element.removeEventListener("touchmove", stop)
      element.removeEventListener("keydown", onKeyDown)
      element.removeEventListener("pointerdown", onPointerDown)
    }
  }, [scroller])

  useEffect(() => {
    const element = scroller.current
    const present = element?.querySelector<HTMLElement>(`[data-line="${line}"]`)
    if (!following || !element || !present) return
    bring(element, present, !matchMedia("(prefers-reduced-motion: reduce)").matches)
  }, [scroller, line, following])

  const follow = useCallback(() => {
    setFollowing(true)
  }, [])
  return [following, follow]
}

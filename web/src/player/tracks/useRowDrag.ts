import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from "react"

import { useScroller } from "@/shared/ui/scroller"

interface Drag {
  from: number
  to: number
}

interface RowDrag {
  /** The row that is on its way, and where it would come to stand. */
  drag: Drag | null
  /** Which of the rows as they are is shown at a place. */
  shownAt: (place: number) => number
  /** What the handle at a place listens to. */
  handle: (place: number) => {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void
    onKeyDown: (event: KeyboardEvent) => void
  }
}

const EDGE_PX = 90
const SCROLL_PX = 12

function bounded(value: number, most: number): number {
  return Math.max(0, Math.min(most, value))
}

/**
 * Moving rows of a long list by their handles, with a pointer or by the arrow keys. The others make room at once; the
 * page scrolls along at its edges. It listens on the window, for the row below the pointer may leave the page.
 */
export function useRowDrag(
  list: RefObject<HTMLElement | null>,
  rowHeight: number,
  count: number,
  onMove: (from: number, to: number) => void,
): RowDrag {
  const scroller = useScroller()
  const [drag, setDrag] = useState<Drag | null>(null)
  const latest = useRef<Drag | null>(null)
  const stop = useRef<(() => void) | null>(null)
  useEffect(() => () => stop.current?.(), [])

  const begin = (from: number) => {
    let y: number | null = null
    const place = () => {
      const body = list.current?.querySelector("[role=rowgroup]:last-child")
      if (!body || y === null) return
      const to = bounded(Math.floor((y - body.getBoundingClientRect().top) / rowHeight), count - 1)
      if (latest.current?.to === to) return
      latest.current = { from, to }
      setDrag(latest.current)
    }
    const scroll = setInterval(() => {
      if (!scroller || y === null) return
      const { top, bottom } = scroller.getBoundingClientRect()
      if (y < top + EDGE_PX) scroller.scrollBy({ top: -SCROLL_PX })
      else if (y > bottom - EDGE_PX) scroller.scrollBy({ top: SCROLL_PX })
      else return
      place()
    }, 16)
    const onPointerMove = (event: globalThis.PointerEvent) => {
      y = event.clientY
      place()
    }
    const end = (done: boolean) => {
      const was = latest.current
      stop.current?.()
      if (done && was && was.to !== was.from) onMove(was.from, was.to)
    }
    const drop = () => {
      end(true)
    }
    const cancel = () => {
      end(false)
    }
    const onEscape = (event: globalThis.KeyboardEvent) => {
      if (event.key === "Escape") end(false)
    }
    window.addEventListener("pointermove", onPointerMove)
    window.addEventListener("pointerup", drop)
    window.addEventListener("pointercancel", cancel)
    window.addEventListener("keydown", onEscape)
    stop.current = () => {
      clearInterval(scroll)
      window.removeEventListener("pointermove", onPointerMove)
      window.removeEventListener("pointerup", drop)
      window.removeEventListener("pointercancel", cancel)
      window.removeEventListener("keydown", onEscape)
      stop.current = null
      latest.current = null
      setDrag(null)
    }
    latest.current = { from, to: from }
    setDrag(latest.current)
  }

  const handle = (place: number) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      // A finger holds on to what it touched first, which may be gone before it lets go.
      if (event.currentTarget.hasPointerCapture(event.pointerId)) {
        event.currentTarget.releasePointerCapture(event.pointerId)
      }
      stop.current?.()
      begin(place)
    },
    onKeyDown: (event: KeyboardEvent) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
      if (step === undefined) return
      event.preventDefault()
      event.stopPropagation()
      const to = place + step
      if (to >= 0 && to < count) onMove(place, to)
    },
  })
  const shownAt = (place: number) => {
    if (!drag) return place
    const { from, to } = drag
    if (place === to) return from
    if (from <= place && place < to) return place + 1
    return to < place && place <= from ? place - 1 : place
  }
  return { drag, shownAt, handle }
}

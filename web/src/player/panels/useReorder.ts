import { useState, type KeyboardEvent, type PointerEvent, type RefObject } from "react"

interface Dragging {
  key: string
  from: number
  to: number
  /** Pixels from the top of the list, where the dragged row is drawn. */
  top: number
}

interface Reorder {
  dragging: Dragging | null
  /** What the handle of a row listens to. */
  handle: (
    key: string,
    index: number,
  ) => {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void
    onPointerMove: (event: PointerEvent<HTMLElement>) => void
    onPointerUp: () => void
    onPointerCancel: () => void
    onKeyDown: (event: KeyboardEvent) => void
  }
  /** Where a row is drawn while another is dragged over it. */
  placeOf: (index: number) => number
}

const EDGE_PX = 36
const SCROLL_PX = 10

/** Moving rows of one height by a handle, with a pointer or by the arrow keys. */
export function useReorder(
  list: RefObject<HTMLElement | null>,
  rowHeight: number,
  count: number,
  onMove: (key: string, to: number) => void,
): Reorder {
  const [dragging, setDragging] = useState<Dragging | null>(null)

  const follow = (event: PointerEvent, key: string, from: number) => {
    const element = list.current
    const scroller = element?.parentElement
    if (!element || !scroller) return
    const { top, bottom } = scroller.getBoundingClientRect()
    if (event.clientY < top + EDGE_PX) scroller.scrollBy({ top: -SCROLL_PX })
    if (event.clientY > bottom - EDGE_PX) scroller.scrollBy({ top: SCROLL_PX })
    const y = event.clientY - element.getBoundingClientRect().top
    const to = Math.max(0, Math.min(count - 1, Math.floor(y / rowHeight)))
    setDragging({ key, from, to, top: Math.max(0, Math.min((count - 1) * rowHeight, y - rowHeight / 2)) })
  }
  const handle = (key: string, index: number) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      follow(event, key, index)
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (dragging?.key === key) follow(event, key, dragging.from)
    },
    onPointerUp: () => {
      if (dragging && dragging.to !== dragging.from) onMove(key, dragging.to)
      setDragging(null)
    },
    onPointerCancel: () => {
      setDragging(null)
    },
    onKeyDown: (event: KeyboardEvent) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
      if (step === undefined) return
      event.preventDefault()
      event.stopPropagation()
      const to = index + step
      if (to >= 0 && to < count) onMove(key, to)
    },
  })
  const placeOf = (index: number) => {
    if (!dragging) return index
    const { from, to } = dragging
    if (index === from) return to
    if (from < index && index <= to) return index - 1
    return to <= index && index < from ? index + 1 : index
  }
  return { dragging, handle, placeOf }
}

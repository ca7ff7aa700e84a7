import { useVirtualizer } from "@tanstack/react-virtual"
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react"

import { useScroller } from "@/shared/ui/scroller"
import styles from "@/shared/ui/Virtual.module.css"

/** How much is drawn above and below what is in sight. */
const AHEAD_PX = 700

interface VirtualListProps {
  count: number
  rowHeight: number
  label: string
  role?: "list" | "rowgroup"
  /** Draws a row; it gets its place in the list. */
  children: (index: number) => ReactNode
  /** Called with the first and last row that are drawn. */
  onSee?: ((first: number, last: number) => void) | undefined
  /** Called when the end comes near. */
  onNearEnd?: (() => void) | undefined
}

/** How far the list lies below the top of what scrolls. */
function useOffset(ref: React.RefObject<HTMLElement | null>, scroller: HTMLElement | null): number {
  const [offset, setOffset] = useState(0)
  useLayoutEffect(() => {
    const list = ref.current
    if (!list || !scroller) return
    const measure = () => {
      const top = list.getBoundingClientRect().top - scroller.getBoundingClientRect().top
      setOffset(Math.round(top + scroller.scrollTop))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(scroller)
    // Whatever stands above the list may grow.
    for (const part of scroller.children) observer.observe(part)
    return () => {
      observer.disconnect()
    }
  }, [ref, scroller])
  return offset
}

/** A list of which only the rows in sight exist, in the page's own scrolling. */
export function VirtualList({ count, rowHeight, label, role, children, onSee, onNearEnd }: VirtualListProps) {
  const ref = useRef<HTMLDivElement>(null)
  const scroller = useScroller()
  const offset = useOffset(ref, scroller)
  const ahead = Math.ceil(AHEAD_PX / rowHeight)
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions stay inside of this component
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: ahead,
    scrollMargin: offset,
    initialRect: { width: 1024, height: 768 },
  })
  useEffect(() => {
    virtualizer.measure()
  }, [virtualizer, rowHeight])

  const rows = virtualizer.getVirtualItems()
  const first = rows[0]?.index ?? 0
  const last = rows.at(-1)?.index ?? -1
  const near = last >= count - ahead * 3
  useEffect(() => {
    if (last >= 0) onSee?.(first, last)
  }, [first, last, onSee])
  useEffect(() => {
    if (near) onNearEnd?.()
  }, [near, count, onNearEnd])

  return (
    <div
      ref={ref}
      role={role ?? "list"}
      aria-label={label}
      className={styles.list}
      style={{ height: virtualizer.getTotalSize() }}
    >
      {rows.map((row) => (
        <div
          key={row.key}
          role="presentation"
          className={styles.row}
          style={{ height: rowHeight, transform: `translateY(${row.start - offset}px)` }}
        >
          {children(row.index)}
        </div>
      ))}
    </div>
  )
}

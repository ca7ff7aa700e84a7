import { useVirtualizer } from "@tanstack/react-virtual"
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react"

import { useScroller } from "@/shared/ui/scroller"
import styles from "@/shared/ui/Virtual.module.css"

const AHEAD = 12

interface VirtualListProps {
  count: number
  rowHeight: number
  label: string
  role?: "list" | "rowgroup"
  /** Draws a row; it gets its place in the list. */
  children: (index: number) => ReactNode
  keyOf: (index: number) => string
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
    if (list.parentElement) observer.observe(list.parentElement)
    return () => {
      observer.disconnect()
    }
  }, [ref, scroller])
  return offset
}

/** A list of which only the rows in sight exist, in the page's own scrolling. */
export function VirtualList({ count, rowHeight, label, role, children, keyOf, onNearEnd }: VirtualListProps) {
  const ref = useRef<HTMLDivElement>(null)
  const scroller = useScroller()
  const offset = useOffset(ref, scroller)
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions stay inside of this component
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
    overscan: AHEAD,
    scrollMargin: offset,
    initialRect: { width: 1024, height: 768 },
  })
  useEffect(() => {
    virtualizer.measure()
  }, [virtualizer, rowHeight])

  const rows = virtualizer.getVirtualItems()
  const last = rows.at(-1)?.index ?? -1
  const near = last >= count - AHEAD * 3
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

interface VirtualGridProps<T> {
  items: readonly T[]
  label: string
  keyOf: (item: T) => string
  children: (item: T) => ReactNode
  onNearEnd?: (() => void) | undefined
}

const GAP = 12
const ROW_GAP = 4
const NARROWEST = { small: 148, large: 184 }
/** Room below a cover for two lines of text and the card's padding. */
const TEXT_HEIGHT = 52

function useWidth(ref: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () => {
      setWidth(element.clientWidth)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => {
      observer.disconnect()
    }
  }, [ref])
  return width
}

/** A grid of cards of which only the rows in sight exist. */
export function VirtualGrid<T>({ items, label, keyOf, children, onNearEnd }: VirtualGridProps<T>) {
  const ref = useRef<HTMLDivElement>(null)
  const width = useWidth(ref)
  const narrowest = width < 600 ? NARROWEST.small : NARROWEST.large
  const columns = Math.max(2, Math.floor((width + GAP) / (narrowest + GAP)))
  const cell = (width - GAP * (columns - 1)) / columns
  const rowOf = (row: number) => items.slice(row * columns, (row + 1) * columns)
  return (
    <div ref={ref} className={styles.grid}>
      {width > 0 && (
        <VirtualList
          count={Math.ceil(items.length / columns)}
          rowHeight={Math.round(cell + TEXT_HEIGHT + ROW_GAP)}
          label={label}
          keyOf={(row) => `${columns} ${row}`}
          onNearEnd={onNearEnd}
        >
          {(row) => (
            <div className={styles.cells} style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
              {rowOf(row).map((item) => (
                <div key={keyOf(item)} role="listitem">
                  {children(item)}
                </div>
              ))}
            </div>
          )}
        </VirtualList>
      )}
    </div>
  )
}

import { useCallback, useLayoutEffect, useRef, useState, type ReactNode } from "react"

import type { Rows } from "@/shared/api/useListing"
import { VirtualList } from "@/shared/ui/Virtual"
import styles from "@/shared/ui/Virtual.module.css"

interface VirtualGridProps<T> {
  rows: Rows<T>
  label: string
  /** Cards are as wide as high, and two lines of text; lines are all width. */
  look?: "cards" | "lines"
  children: (item: T) => ReactNode
}

const GAP = 12
const ROW_GAP = 4
/** The least width of a cell, on a phone and on larger windows. */
const NARROWEST = { cards: { small: 148, large: 184 }, lines: { small: 250, large: 250 } }
const FEWEST = { cards: 2, lines: 1 }
/** Room below a cover for two lines of text and the card's padding. */
const TEXT_HEIGHT = 52
const LINE_HEIGHT = 60

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

/** A grid of which only the rows in sight exist. */
export function VirtualGrid<T>({ rows, label, look = "cards", children }: VirtualGridProps<T>) {
  const ref = useRef<HTMLDivElement>(null)
  const width = useWidth(ref)
  const { count, at, onSee } = rows
  const narrowest = NARROWEST[look][width < 600 ? "small" : "large"]
  const columns = Math.max(FEWEST[look], Math.floor((width + GAP) / (narrowest + GAP)))
  const cell = (width - GAP * (columns - 1)) / columns
  const onSeeRows = useCallback(
    (first: number, last: number) => onSee?.(first * columns, (last + 1) * columns - 1),
    [onSee, columns],
  )
  const drawn = (index: number) => {
    const item = at(index)
    return (
      <div key={index} role="listitem" aria-setsize={count} aria-posinset={index + 1}>
        {item === undefined ? <div className={styles.ghost} aria-busy="true" /> : children(item)}
      </div>
    )
  }
  return (
    <div ref={ref} className={styles[look]}>
      {width > 0 && (
        <VirtualList
          count={Math.ceil(count / columns)}
          rowHeight={Math.round(look === "cards" ? cell + TEXT_HEIGHT : LINE_HEIGHT) + ROW_GAP}
          label={label}
          onSee={onSeeRows}
        >
          {(row) => (
            <div
              className={styles.cells}
              style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
            >
              {Array.from({ length: Math.min(columns, count - row * columns) }, (_, column) =>
                drawn(row * columns + column),
              )}
            </div>
          )}
        </VirtualList>
      )}
    </div>
  )
}

import { ArrowDown, ArrowUp } from "lucide-react"
import type { ReactNode } from "react"

import { GhostRow, TrackRow, type RowLook } from "@/player/tracks/TrackRow"
import styles from "@/player/tracks/TrackRow.module.css"
import type { Track } from "@/shared/api/types"
import type { Rows } from "@/shared/api/useListing"
import { cx } from "@/shared/format/classes"
import type { MenuItem } from "@/shared/ui/Menu"
import { VirtualList } from "@/shared/ui/Virtual"
import { useWords } from "@/shared/words/words"

const ROW_HEIGHT = { album: 54, list: 58 }

export type Column = "title" | "album" | "year"

/** How a table is sorted, and how to sort it otherwise. */
export interface Sorting {
  by: string
  order: "asc" | "desc"
  onSort: (column: Column) => void
}

interface TrackTableProps {
  rows: Rows<Track>
  look: RowLook
  label: string
  albumArtist?: string
  sorting?: Sorting
  /** More choices in the menu of a row. */
  more?: (index: number) => readonly MenuItem[]
  onPlay: (index: number) => void
}

function HeadCell({
  column,
  sorting,
  children,
}: {
  column: Column
  sorting?: Sorting | undefined
  children: ReactNode
}) {
  const sorted = sorting?.by === column
  const Arrow = sorting?.order === "desc" ? ArrowDown : ArrowUp
  return (
    <div
      role="columnheader"
      className={styles[column]}
      aria-sort={sorted ? (sorting.order === "asc" ? "ascending" : "descending") : undefined}
    >
      {sorting ? (
        <button
          type="button"
          className={cx(styles.sort, sorted && styles.sorted)}
          onClick={() => {
            sorting.onSort(column)
          }}
        >
          {children}
          {sorted && <Arrow size={14} />}
        </button>
      ) : (
        children
      )}
    </div>
  )
}

function Head({ look, sorting }: { look: RowLook; sorting?: Sorting | undefined }) {
  const { columns } = useWords().catalogue
  return (
    <div role="row" aria-rowindex={1} className={cx(styles.head, styles[look])}>
      <div role="columnheader" className={styles.lead}>
        {columns.number}
      </div>
      <HeadCell column="title" sorting={sorting}>
        {columns.title}
      </HeadCell>
      {look === "list" && (
        <>
          <HeadCell column="album" sorting={sorting}>
            {columns.album}
          </HeadCell>
          <HeadCell column="year" sorting={sorting}>
            {columns.year}
          </HeadCell>
        </>
      )}
      <div role="columnheader" className={styles.duration}>
        {columns.duration}
      </div>
      <div role="columnheader">
        <span className="hidden-but-read">{useWords().menu}</span>
      </div>
    </div>
  )
}

/** Tracks under each other; however many, only those in sight exist. */
export function TrackTable({ rows, look, label, albumArtist, sorting, more, onPlay }: TrackTableProps) {
  const { count, at, onSee } = rows
  return (
    <div role="table" aria-label={label} aria-rowcount={count + 1}>
      <div role="rowgroup">
        <Head look={look} sorting={sorting} />
      </div>
      <VirtualList role="rowgroup" count={count} rowHeight={ROW_HEIGHT[look]} label={label} onSee={onSee}>
        {(index) => {
          const track = at(index)
          if (!track) return <GhostRow look={look} number={index + 1} rowIndex={index + 2} />
          return (
            <TrackRow
              track={track}
              look={look}
              number={look === "album" ? track.track_number : index + 1}
              rowIndex={index + 2}
              albumArtist={albumArtist}
              more={more && (() => more(index))}
              onPlay={() => {
                onPlay(index)
              }}
            />
          )
        }}
      </VirtualList>
    </div>
  )
}

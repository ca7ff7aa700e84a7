import { ArrowDown, ArrowUp } from "lucide-react"
import type { ReactNode } from "react"

import { GhostRow, TrackRow, type RowLook } from "@/player/tracks/TrackRow"
import { ROW_HEIGHT } from "@/player/tracks/rowHeight"
import styles from "@/player/tracks/TrackRow.module.css"
import own from "@/player/tracks/TrackTable.module.css"
import type { Credit } from "@/player/tracks/Where"
import type { MatchedText } from "@/shared/api/search"
import type { Track } from "@/shared/api/types"
import type { Rows } from "@/shared/api/useListing"
import { cx } from "@/shared/format/classes"
import type { MenuItem } from "@/shared/ui/Menu"
import { VirtualList } from "@/shared/ui/Virtual"
import { useWords } from "@/shared/words/words"

export type Column = "title" | "album" | "year"

/** How a table is sorted, and how to sort it otherwise. */
export interface Sorting {
  by: string
  order: "asc" | "desc"
  onSort: (column: Column) => void
}

export interface TrackTableProps {
  rows: Rows<Track>
  look: RowLook
  label: string
  albumArtist?: string
  sorting?: Sorting
  /** More choices in the menu of a row. */
  more?: ((index: number) => readonly MenuItem[]) | undefined
  /** What of a row was sought. */
  matched?: (index: number) => readonly MatchedText[] | undefined
  /** Who put a row into the list. */
  credit?: ((index: number) => Credit | undefined) | undefined
  /** What a row is moved by, and whether it is on its way. */
  grip?: (index: number) => ReactNode
  lifted?: (index: number) => boolean
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
          className={cx(own.sort, sorted && own.sorted)}
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

interface HeadProps {
  look: RowLook
  sorting?: Sorting | undefined
  credited: boolean
  arranged: boolean
}

function Head({ look, sorting, credited, arranged }: HeadProps) {
  const words = useWords()
  const { columns } = words.catalogue
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
          {credited ? (
            <div role="columnheader" className={styles.credit}>
              {words.collection.addedBy}
            </div>
          ) : (
            <HeadCell column="year" sorting={sorting}>
              {columns.year}
            </HeadCell>
          )}
        </>
      )}
      <div role="columnheader" className={styles.duration}>
        {columns.duration}
      </div>
      <div role="columnheader">
        <span className="hidden-but-read">{words.menu}</span>
      </div>
      {arranged && (
        <div role="columnheader">
          <span className="hidden-but-read">{words.collection.order}</span>
        </div>
      )}
    </div>
  )
}

/** Tracks under each other; however many, only those in sight exist. */
export function TrackTable(props: TrackTableProps) {
  const { rows, look, label, albumArtist, sorting, more, matched, credit, grip, lifted, onPlay } = props
  const { count, at, onSee } = rows
  return (
    <div
      role="table"
      aria-label={label}
      aria-rowcount={count + 1}
      className={cx(credit && styles.credited, grip && styles.arranged)}
    >
      <div role="rowgroup">
        <Head look={look} sorting={sorting} credited={credit !== undefined} arranged={grip !== undefined} />
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
              matched={matched?.(index)}
              credit={credit?.(index)}
              grip={grip?.(index)}
              lifted={lifted?.(index) ?? false}
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

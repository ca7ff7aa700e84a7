import { GripVertical } from "lucide-react"
import { useEffect, useRef, useState } from "react"

import { TrackTable, type TrackTableProps } from "@/player/tracks/TrackTable"
import { ROW_HEIGHT } from "@/player/tracks/rowHeight"
import { useRowDrag } from "@/player/tracks/useRowDrag"
import { IconButton } from "@/shared/ui/Button"
import { useWords } from "@/shared/words/words"

interface ArrangedTableProps extends Omit<TrackTableProps, "look" | "grip" | "lifted"> {
  /** Called when a row was moved; both places count from 0. */
  onMove: (from: number, to: number) => void
}

/** A table whose rows can be moved by their handles. */
export function ArrangedTable({ rows, more, credit, onPlay, onMove, ...rest }: ArrangedTableProps) {
  const words = useWords().collection
  const ref = useRef<HTMLDivElement>(null)
  const [said, setSaid] = useState("")
  const [focused, setFocused] = useState<{ place: number } | null>(null)
  const move = (from: number, to: number) => {
    setSaid(words.movedTo(rows.at(from)?.title ?? "", to + 1))
    setFocused({ place: to })
    onMove(from, to)
  }
  const { drag, shownAt, handle } = useRowDrag(ref, ROW_HEIGHT.list, rows.count, move)
  useEffect(() => {
    // Who moved a row by its handle goes with it.
    if (focused) ref.current?.querySelector<HTMLElement>(`[data-grip="${focused.place}"]`)?.focus()
  }, [focused])
  return (
    <div ref={ref}>
      <p className="hidden-but-read" role="status">
        {said}
      </p>
      <TrackTable
        {...rest}
        look="list"
        rows={{ ...rows, at: (place) => rows.at(shownAt(place)) }}
        more={more && ((place) => more(shownAt(place)))}
        credit={credit && ((place) => credit(shownAt(place)))}
        lifted={(place) => drag?.to === place}
        grip={(place) => (
          <IconButton
            size="s"
            label={words.drag(rows.at(shownAt(place))?.title ?? "")}
            data-grip={place}
            {...handle(place)}
          >
            <GripVertical size={18} />
          </IconButton>
        )}
        onPlay={(place) => {
          onPlay(shownAt(place))
        }}
      />
    </div>
  )
}

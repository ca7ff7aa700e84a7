import { useQuery } from "@tanstack/react-query"
import { ArrowDown, ArrowDownToLine, ArrowUp, ArrowUpToLine, ListX, Search } from "lucide-react"
import { useDeferredValue, useState } from "react"

import { targetAt, targetOf, type Step } from "@/features/playlists/order"
import styles from "@/features/playlists/Playlists.module.css"
import { useEntryEdits } from "@/features/playlists/useEntryEdits"
import { playTracks } from "@/player/engine/controls"
import { ArrangedTable } from "@/player/tracks/ArrangedTable"
import { TrackTable } from "@/player/tracks/TrackTable"
import type { Credit } from "@/player/tracks/Where"
import { entriesQuery, nameOf, type PlaylistDetails, type PlaylistEntry } from "@/shared/api/playlists"
import { rowsOf } from "@/shared/api/useListing"
import { ago } from "@/shared/format/time"
import type { MenuItem } from "@/shared/ui/Menu"
import { Empty, Shown } from "@/shared/ui/States"
import { useLocale, useWords } from "@/shared/words/words"

const ICON = 18
const FEW = 10
const STEPS: [Step, "moveUp" | "moveDown" | "moveFirst" | "moveLast", typeof ArrowUp][] = [
  ["up", "moveUp", ArrowUp],
  ["down", "moveDown", ArrowDown],
  ["first", "moveFirst", ArrowUpToLine],
  ["last", "moveLast", ArrowDownToLine],
]

interface TableProps {
  /** What the playlist was opened by: its id or its link. */
  place: string
  playlist: PlaylistDetails
  entries: readonly PlaylistEntry[]
  /** All of its entries are shown, and in their order. */
  whole: boolean
}

/** Whether it is worth saying who added what: not where it always was the owner. */
function shared(
  { owner, smart, collaborative }: PlaylistDetails,
  entries: readonly PlaylistEntry[],
): boolean {
  if (smart) return false
  const others = entries.some(({ added_by: by }) => by !== null && by.id !== owner.id)
  return collaborative !== "none" || others
}

function Table({ place, playlist, entries, whole }: TableProps) {
  const words = useWords().collection
  const locale = useLocale()
  const { move, remove } = useEntryEdits(place, playlist)
  const heard = entries.filter((entry) => entry.track !== null)
  const tracks = heard.flatMap(({ track }) => track ?? [])
  const hidden = entries.length - heard.length
  const changes = playlist.may_edit && !playlist.smart
  const menu = (index: number): MenuItem[] => {
    const entry = heard[index]
    if (!entry) return []
    const moves = (whole ? STEPS : []).flatMap(([step, name, Icon]): MenuItem[] => {
      const before = targetOf(heard, index, step)
      if (before === undefined) return []
      const onSelect = () => {
        move(entry.id, before)
      }
      return [{ label: words[name], icon: <Icon size={ICON} />, onSelect }]
    })
    const out: MenuItem = {
      label: words.removeEntry,
      icon: <ListX size={ICON} />,
      onSelect: () => {
        remove(entry.id)
      },
    }
    return [...moves, out].map((item, nth) => ({ ...item, apart: nth === 0 }))
  }
  const credit = (index: number): Credit | undefined => {
    const entry = heard[index]
    if (!entry) return undefined
    return {
      name: entry.added_by ? nameOf(entry.added_by) : words.somebody,
      when: ago(entry.added_at, locale),
    }
  }
  const table = {
    rows: rowsOf(tracks),
    label: playlist.name,
    more: changes ? menu : undefined,
    credit: shared(playlist, entries) ? credit : undefined,
    onPlay: (at: number) => {
      playTracks(tracks, { at, source: { kind: "playlist", id: playlist.id } })
    },
  }
  return (
    <>
      {changes && whole ? (
        <ArrangedTable
          {...table}
          onMove={(from, to) => {
            const entry = heard[from]
            if (entry) move(entry.id, targetAt(heard, from, to))
          }}
        />
      ) : (
        <TrackTable {...table} look="list" />
      )}
      {hidden > 0 && <p>{words.hidden(hidden)}</p>}
    </>
  )
}

/** The tracks of a playlist; some words find those that have them. */
export function Entries({ place, playlist }: Pick<TableProps, "place" | "playlist">) {
  const words = useWords().collection
  const [typed, setTyped] = useState("")
  const sought = useDeferredValue(typed.trim())
  const all = useQuery(entriesQuery(place))
  const found = useQuery({ ...entriesQuery(place, sought), enabled: sought !== "" })
  const query = sought === "" ? all : found
  return (
    <Shown query={all}>
      {({ length }) =>
        length === 0 ? (
          <Empty title={words.empty} text={words.emptyText} />
        ) : (
          <>
            {length > FEW && (
              <label className={styles.find}>
                <Search size={17} />
                <input
                  type="search"
                  value={typed}
                  maxLength={200}
                  placeholder={words.find}
                  aria-label={words.find}
                  onChange={(event) => {
                    setTyped(event.target.value)
                  }}
                />
              </label>
            )}
            <Shown query={query}>
              {(entries) =>
                entries.length > 0 ? (
                  <Table place={place} playlist={playlist} entries={entries} whole={sought === ""} />
                ) : (
                  <Empty title={words.findNothing} />
                )
              }
            </Shown>
          </>
        )
      }
    </Shown>
  )
}

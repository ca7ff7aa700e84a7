import { ArrowDownNarrowWide, ArrowUpNarrowWide, Plus, X } from "lucide-react"

import styles from "@/features/playlists/rules/Rules.module.css"
import type { RuleField, RuleSort } from "@/shared/api/rules"
import { Button, IconButton } from "@/shared/ui/Button"
import { named, useWords } from "@/shared/words/words"

const MOST_SORTS = 5
const RANDOM = "random"

interface SortFieldProps {
  sort: readonly RuleSort[]
  fields: readonly RuleField[]
  onChange: (sort: RuleSort[]) => void
}

/** What tracks are ordered by, one thing after the other. */
export function SortField({ sort, fields, onChange }: SortFieldProps) {
  const words = useWords().rules
  const names = [RANDOM, ...fields.filter(({ sortable }) => sortable).map(({ name }) => name)]
  const free = names.filter((name) => !sort.some(({ by }) => by === name))
  const nameOf = (by: string) => (by === RANDOM ? words.random : named(words.fields, by))
  const set = (at: number, change: Partial<RuleSort>) => {
    onChange(sort.map((one, other) => (other === at ? { ...one, ...change } : one)))
  }
  const next = free.find((name) => name !== RANDOM)
  return (
    <div role="group" aria-label={words.sort} className={styles.sorts}>
      {sort.length === 0 && <p className={styles.soft}>{words.unsorted}</p>}
      {sort.map(({ by, order = "asc" }, at) => (
        <div key={by} className={styles.sort}>
          <select
            className={styles.input}
            aria-label={words.sort}
            value={by}
            onChange={(event) => {
              set(at, { by: event.target.value })
            }}
          >
            {[by, ...free].map((name) => (
              <option key={name} value={name}>
                {nameOf(name)}
              </option>
            ))}
          </select>
          {by !== RANDOM && (
            <IconButton
              label={words.orders[order]}
              onClick={() => {
                set(at, { order: order === "asc" ? "desc" : "asc" })
              }}
            >
              {order === "asc" ? <ArrowUpNarrowWide size={19} /> : <ArrowDownNarrowWide size={19} />}
            </IconButton>
          )}
          <IconButton
            size="s"
            label={words.removeSort(nameOf(by))}
            onClick={() => {
              onChange(sort.filter((_, other) => other !== at))
            }}
          >
            <X size={17} />
          </IconButton>
        </div>
      ))}
      {sort.length < MOST_SORTS && next !== undefined && (
        <Button
          look="plain"
          icon={<Plus size={17} />}
          onClick={() => {
            onChange([...sort, { by: next, order: "asc" }])
          }}
        >
          {words.addSort}
        </Button>
      )}
    </div>
  )
}

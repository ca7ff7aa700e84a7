import { useQuery } from "@tanstack/react-query"
import { ArrowDownNarrowWide, ArrowUpNarrowWide, X } from "lucide-react"

import { genresQuery, librariesQuery } from "@/shared/api/catalogue"
import { Button, IconButton } from "@/shared/ui/Button"
import { BareSelect } from "@/shared/ui/Field"
import type { ListChoice } from "@/shared/ui/useListChoice"
import { useWords } from "@/shared/words/words"

function Genres({ choice }: { choice: ListChoice }) {
  const words = useWords().catalogue
  const genres = useQuery(genresQuery()).data?.items ?? []
  if (genres.length === 0) return null
  return (
    <BareSelect
      label={words.genre}
      value={choice.genreId ?? ""}
      onChange={(event) => {
        choice.set({ genre: event.target.value || null })
      }}
    >
      <option value="">{words.allGenres}</option>
      {genres.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </BareSelect>
  )
}

function Libraries({ choice }: { choice: ListChoice }) {
  const words = useWords().catalogue
  const libraries = useQuery(librariesQuery()).data?.items ?? []
  if (libraries.length < 2) return null
  return (
    <BareSelect
      label={words.library}
      value={choice.libraryId ?? ""}
      onChange={(event) => {
        choice.set({ library: event.target.value || null })
      }}
    >
      <option value="">{words.allLibraries}</option>
      {libraries.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </BareSelect>
  )
}

function Filters({ choice }: { choice: ListChoice }) {
  const words = useWords().catalogue
  return (
    <>
      <Genres choice={choice} />
      <Libraries choice={choice} />
      {(choice.genreId ?? choice.libraryId) && (
        <Button
          look="plain"
          icon={<X size={16} />}
          onClick={() => {
            choice.set({ genre: null, library: null })
          }}
        >
          {words.clearFilter}
        </Button>
      )}
    </>
  )
}

interface ListToolsProps {
  choice: ListChoice
  sorts: readonly string[]
  /** The chosen sort goes one way only, through everything. */
  fixed?: boolean
}

/** Sort and filter of a list; the choice is kept in the address. */
export function ListTools({ choice, sorts, fixed = false }: ListToolsProps) {
  const words = useWords().catalogue
  const names: Record<string, string> = words.sorts
  const descending = choice.order === "desc"
  return (
    <>
      <BareSelect
        label={words.sort}
        value={choice.sort}
        onChange={(event) => {
          choice.set({ sort: event.target.value, order: null })
        }}
      >
        {sorts.map((sort) => (
          <option key={sort} value={sort}>
            {names[sort]}
          </option>
        ))}
      </BareSelect>
      {!fixed && choice.sort !== "random" && (
        <IconButton
          label={descending ? words.descending : words.ascending}
          onClick={() => {
            choice.set({ order: descending ? "asc" : "desc" })
          }}
        >
          {descending ? <ArrowDownNarrowWide size={19} /> : <ArrowUpNarrowWide size={19} />}
        </IconButton>
      )}
      {!fixed && <Filters choice={choice} />}
    </>
  )
}

import { useQuery } from "@tanstack/react-query"
import { Plus } from "lucide-react"
import { useDeferredValue, useState } from "react"

import { genresQuery, librariesQuery } from "@/shared/api/catalogue"
import { playlistsQuery } from "@/shared/api/playlists"
import { searchQuery } from "@/shared/api/search"
import type { RuleKind, SyncRule } from "@/shared/api/sync"
import { Button } from "@/shared/ui/Button"
import { SelectField, TextField } from "@/shared/ui/Field"
import { FieldRow } from "@/shared/ui/Form"
import { useWords } from "@/shared/words/words"

const KINDS: readonly RuleKind[] = [
  "starred",
  "playlist",
  "album",
  "artist",
  "genre",
  "library",
  "recently_added",
]
const USUAL_COUNT = "200"
const MOST_FOUND = 12

interface Option {
  id: string
  name: string
}

/** What there is to choose of a kind; albums and artists are searched for. */
function useOptions(kind: RuleKind, typed: string): readonly Option[] {
  const sought = useDeferredValue(typed)
  const seeks = kind === "album" || kind === "artist"
  const found = useQuery({
    ...searchQuery(sought, MOST_FOUND, ["albums", "artists"]),
    enabled: seeks && sought.trim() !== "",
  }).data
  const genres = useQuery({ ...genresQuery(), enabled: kind === "genre" }).data?.items
  const libraries = useQuery({ ...librariesQuery(), enabled: kind === "library" }).data?.items
  const playlists = useQuery({ ...playlistsQuery, enabled: kind === "playlist" }).data
  const albums = found?.albums.map(({ item: { id, title, artist } }) => ({
    id,
    name: `${title} · ${artist}`,
  }))
  const artists = found?.artists.map(({ item: { id, name } }) => ({ id, name }))
  const all: Partial<Record<RuleKind, readonly Option[] | undefined>> = {
    album: albums,
    artist: artists,
    genre: genres,
    library: libraries,
    playlist: playlists,
  }
  return all[kind] ?? []
}

interface Wanted {
  kind: RuleKind
  id: string
  count: string
}

/** The rule that is meant; null while it is not whole. */
function ruleOf({ kind, id, count }: Wanted): SyncRule | null {
  if (kind === "starred") return { kind }
  if (kind !== "recently_added") return id === "" ? null : { kind, id }
  const number = Number(count)
  return Number.isInteger(number) && number > 0 ? { kind, count: number } : null
}

/** One more thing to be kept on a device. */
export function NewRule({ onAdd }: { onAdd: (rule: SyncRule) => void }) {
  const words = useWords().sync
  const [kind, setKind] = useState<RuleKind>("starred")
  const [typed, setTyped] = useState("")
  const [chosen, setChosen] = useState("")
  const [count, setCount] = useState(USUAL_COUNT)
  const options = useOptions(kind, typed)
  const id = options.some((one) => one.id === chosen) ? chosen : (options[0]?.id ?? "")
  const rule = ruleOf({ kind, id, count })
  const add = () => {
    if (rule) onAdd(rule)
    setTyped("")
  }
  return (
    <>
      <FieldRow>
        <SelectField
          label={words.kind}
          value={kind}
          onChange={(event) => {
            setKind(event.target.value as RuleKind)
          }}
        >
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {words.kinds[one]}
            </option>
          ))}
        </SelectField>
        {(kind === "album" || kind === "artist") && (
          <TextField
            label={words.search}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value)
            }}
          />
        )}
        {kind === "recently_added" && (
          <TextField
            label={words.count}
            inputMode="numeric"
            maxLength={6}
            value={count}
            onChange={(event) => {
              setCount(event.target.value)
            }}
          />
        )}
        {kind !== "starred" && kind !== "recently_added" && (
          <SelectField
            label={words.which}
            value={id}
            disabled={options.length === 0}
            onChange={(event) => {
              setChosen(event.target.value)
            }}
          >
            {options.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </SelectField>
        )}
      </FieldRow>
      <Button icon={<Plus size={17} />} disabled={!rule} onClick={add}>
        {words.add}
      </Button>
    </>
  )
}

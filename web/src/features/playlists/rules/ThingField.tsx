import { useQuery } from "@tanstack/react-query"
import { useDeferredValue, useState } from "react"

import styles from "@/features/playlists/rules/Rules.module.css"
import { albumQuery, artistQuery, genresQuery, librariesQuery, topFoldersQuery } from "@/shared/api/catalogue"
import { housePlaylistsQuery, playlistsQuery } from "@/shared/api/playlists"
import { searchQuery } from "@/shared/api/search"
import { useWords } from "@/shared/words/words"

interface Thing {
  id: string
  name: string
}

const MOST_FOUND = 12

function useListed(field: string): readonly Thing[] {
  const genres = useQuery({ ...genresQuery(), enabled: field === "genre_id" }).data?.items
  const libraries = useQuery({ ...librariesQuery(), enabled: field === "library" }).data?.items
  const folders = useQuery({ ...topFoldersQuery(), enabled: field === "folder" }).data?.items
  const mine = useQuery({ ...playlistsQuery, enabled: field === "playlist" }).data ?? []
  const house = useQuery({ ...housePlaylistsQuery, enabled: field === "playlist" }).data ?? []
  const listed: Record<string, readonly Thing[] | undefined> = {
    genre_id: genres,
    library: libraries,
    folder: folders,
    // What rules choose cannot be asked about by other rules.
    playlist: [...mine, ...house].filter(({ smart }) => !smart),
  }
  return listed[field] ?? []
}

/** Albums and artists are too many to be listed: they are searched for. */
function useFound(field: string, typed: string): readonly Thing[] {
  const sought = useDeferredValue(typed.trim())
  const seeks = field === "album_id" || field === "artist_id"
  const kinds = [field === "album_id" ? "albums" : "artists"] as const
  const found = useQuery({ ...searchQuery(sought, MOST_FOUND, kinds), enabled: seeks && sought !== "" }).data
  if (!found || sought === "") return []
  return field === "album_id"
    ? found.albums.map(({ item: { id, title, artist } }) => ({ id, name: `${title} · ${artist}` }))
    : found.artists.map(({ item: { id, name } }) => ({ id, name }))
}

/** What the one chosen before is called. */
function useChosen(field: string, id: string): readonly Thing[] {
  const album = useQuery({ ...albumQuery(id), enabled: field === "album_id" && id !== "" }).data?.album
  const artist = useQuery({ ...artistQuery(id), enabled: field === "artist_id" && id !== "" }).data?.artist
  const name = album ? `${album.title} · ${album.artist}` : (artist?.name ?? id)
  return id === "" ? [] : [{ id, name }]
}

interface ThingFieldProps {
  field: string
  chosen: string
  onChange: (id: string) => void
}

/** One of the things there are: a genre, a library, a playlist … */
export function ThingField({ field, chosen, onChange }: ThingFieldProps) {
  const words = useWords().rules
  const [typed, setTyped] = useState("")
  const listed = useListed(field)
  const found = useFound(field, typed)
  const before = useChosen(field, chosen)
  const known = [...listed, ...found]
  const options = known.some(({ id }) => id === chosen) ? known : [...before, ...known]
  return (
    <div className={styles.values}>
      {(field === "album_id" || field === "artist_id") && (
        <input
          type="search"
          className={styles.input}
          value={typed}
          placeholder={words.search}
          aria-label={words.search}
          onChange={(event) => {
            setTyped(event.target.value)
          }}
        />
      )}
      <select
        className={styles.input}
        aria-label={words.value}
        value={chosen}
        onChange={(event) => {
          onChange(event.target.value)
        }}
      >
        <option value="">{words.choose}</option>
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}

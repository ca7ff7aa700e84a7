import { useQuery } from "@tanstack/react-query"

import { albumQuery, artistQuery, genresQuery, librariesQuery, trackQuery } from "@/shared/api/catalogue"
import { playlistsQuery } from "@/shared/api/playlists"
import type { SyncRule } from "@/shared/api/sync"
import { useWords } from "@/shared/words/words"

interface Named {
  id: string
  name: string
}

function nameIn(list: readonly Named[] | undefined, id: string): string | undefined {
  return list?.find((one) => one.id === id)?.name
}

/** The name of what a rule keeps, by its kind; undefined until it is known. */
function useThing({ kind, id }: SyncRule): string | undefined {
  const of = (wanted: SyncRule["kind"]) => ({ enabled: kind === wanted })
  const key = id ?? ""
  const album = useQuery({ ...albumQuery(key), ...of("album") }).data?.album.title
  const artist = useQuery({ ...artistQuery(key), ...of("artist") }).data?.artist.name
  const track = useQuery({ ...trackQuery(key), ...of("track") }).data?.track.title
  const genres = useQuery({ ...genresQuery(), ...of("genre") }).data?.items
  const libraries = useQuery({ ...librariesQuery(), ...of("library") }).data?.items
  const playlists = useQuery({ ...playlistsQuery, ...of("playlist") }).data
  const known = { album, artist, track, genre: nameIn(genres, key), library: nameIn(libraries, key) }
  return kind === "playlist" ? nameIn(playlists, key) : known[kind as keyof typeof known]
}

/** What a rule keeps, in words. */
export function useRuleName(rule: SyncRule): string {
  const words = useWords()
  const thing = useThing(rule)
  if (rule.kind === "starred") return words.sync.kinds.starred
  if (rule.kind === "recently_added") return words.sync.latest(words.counts.tracks(rule.count ?? 0))
  return `${words.sync.kinds[rule.kind]}: ${thing ?? "…"}`
}

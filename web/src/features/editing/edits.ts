import type { TrackDetails, TrackEdit } from "@/shared/api/types"
import type { Words } from "@/shared/words/en"

/** The fields as they are typed. */
export interface Values {
  title: string
  version: string
  artists: string[]
  album: string
  album_artists: string[]
  composers: string[]
  genres: string[]
  year: string
  disc_number: string
  track_number: string
  compilation: boolean
}

export type FieldName = keyof Values
type EditorWords = Words["catalogue"]["editor"]

/** What is known of a track, as typed. */
export function valuesOf({ track, ...details }: TrackDetails): Values {
  const typed = (number: number | null) => (number === null ? "" : String(number))
  return {
    title: track.title,
    version: track.version ?? "",
    artists: track.artists.map(({ name }) => name),
    album: track.album ?? "",
    album_artists: details.album_artists,
    composers: details.composers,
    genres: track.genres,
    year: typed(track.year),
    disc_number: typed(track.disc_number),
    track_number: typed(track.track_number),
    compilation: details.compilation,
  }
}

const RANGES = { year: [1, 9999], disc_number: [0, 99_999], track_number: [0, 99_999] } as const
const NUMBERS = ["year", "disc_number", "track_number"] as const

/** What is wrong with the typed values, by field. */
export function problemsOf(values: Values, words: EditorWords): Partial<Record<FieldName, string>> {
  const found: Partial<Record<FieldName, string>> = {}
  if (values.title.trim() === "") found.title = words.required
  for (const name of NUMBERS) {
    const text = values[name].trim()
    const [low, high] = RANGES[name]
    const good = text === "" || (/^\d+$/.test(text) && Number(text) >= low && Number(text) <= high)
    if (!good) found[name] = name === "year" ? words.yearBad : words.numberBad
  }
  return found
}

function sent(name: FieldName, values: Values): TrackEdit[FieldName] {
  const value = values[name]
  if (typeof value !== "string") return value
  const text = value.trim()
  // An emptied field goes back to what the file says: a correction cannot be empty.
  if (text === "") return null
  return (NUMBERS as readonly string[]).includes(name) ? Number(text) : text
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** What to send: the fields that were changed, and null for those to be taken back to the file. */
export function editOf(before: Values, after: Values, reverted: ReadonlySet<FieldName>): TrackEdit {
  const names = Object.keys(after) as FieldName[]
  const changed = names.filter((name) => !reverted.has(name) && !same(before[name], after[name]))
  const pairs = [
    ...changed.map((name) => [name, sent(name, after)]),
    ...[...reverted].map((name) => [name, null]),
  ]
  return Object.fromEntries(pairs) as TrackEdit
}

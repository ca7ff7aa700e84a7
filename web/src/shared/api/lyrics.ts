import { queryOptions } from "@tanstack/react-query"

import { api, take } from "@/shared/api/client"
import type { components } from "@/shared/api/schema"

type Schemas = components["schemas"]

export type SheetFormat = Schemas["SheetFormat"]
export type PlacedChord = Schemas["PlacedChord"]
export type TimedWord = Schemas["TimedWord"]
export type SongLine = Schemas["TimedLine"]
export type TimedLyrics = Schemas["TimedLyrics"]
export type LyricsSheet = TimedLyrics["sheets"][number]
export type Instrument = Schemas["Instrument"]
/** One way to hold a chord; frets counted from the nut, 0 open, -1 not played. */
export type Fingering = Schemas["ChordDiagram"]

/** How chords are to be shown. */
export interface ChordOptions {
  transpose: number
  capo: number
  simplified: boolean
}

const FRESH_MS = 60_000

/** The words and chords of a track, in time. Those shown stay while other chords are on their way. */
export function lyricsQuery(trackId: string, { transpose, capo, simplified }: ChordOptions) {
  const query = { transpose, capo, simplified }
  return queryOptions({
    queryKey: ["catalogue", "lyrics", trackId, query],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/tracks/{track_id}/lyrics", {
          params: { path: { track_id: trackId }, query },
          signal,
        }),
      ),
    staleTime: FRESH_MS,
    placeholderData: (before, query) => (query?.queryKey[2] === trackId ? before : undefined),
  })
}

/** Keep a sheet of one's own for a track; an empty one takes it away. */
export function saveSheet(
  trackId: string,
  format: SheetFormat | "auto",
  content: string,
): Promise<TimedLyrics> {
  const params = { path: { track_id: trackId } }
  return take(api.PUT("/api/v1/tracks/{track_id}/lyrics", { params, body: { format, content } }))
}

/** Where a sheet is to be had as it came. */
export function sheetUrl(trackId: string, source: string): string {
  return `/api/v1/tracks/${encodeURIComponent(trackId)}/lyrics/${encodeURIComponent(source)}`
}

/** How a chord is held on an instrument. */
export function diagramsQuery(name: string, instrument: Instrument) {
  return queryOptions({
    queryKey: ["chords", name, instrument],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/chords/{name}/diagrams", {
          params: { path: { name }, query: { instrument } },
          signal,
        }),
      ),
    staleTime: Infinity,
    retry: false,
  })
}

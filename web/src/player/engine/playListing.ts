import { playTracks } from "@/player/engine/controls"
import type { Track, TrackFilters } from "@/shared/api/types"
import type { PlaySource } from "@/shared/api/listening"
import type { Listing } from "@/shared/api/useListing"

/** Play a list up to its end, though only a part of it is known yet: from a place on, or from its beginning. */
export function playListing(listing: Listing<Track>, filters: TrackFilters, index?: number): void {
  const { items, at, cursor } = listing.around(index ?? 0)
  const more = cursor === null ? null : { filters, cursor }
  const source = sourceOf(filters)
  playTracks(items, index === undefined ? { more, source } : { at, more, source })
}

/** What a list of tracks is a list of. */
function sourceOf({ artist_id: artist, folder_id: folder, genre_id: genre }: TrackFilters): PlaySource {
  if (artist) return { kind: "artist", id: artist }
  if (folder) return { kind: "folder", id: folder }
  return genre ? { kind: "genre", id: genre } : { kind: "tracks" }
}

import { playTracks } from "@/player/engine/controls"
import type { Track, TrackFilters } from "@/shared/api/types"
import type { Listing } from "@/shared/api/useListing"

/** Play a list up to its end, though only a part of it is known yet: from a place on, or from its beginning. */
export function playListing(listing: Listing<Track>, filters: TrackFilters, index?: number): void {
  const { items, at, cursor } = listing.around(index ?? 0)
  const more = cursor === null ? null : { filters, cursor }
  playTracks(items, index === undefined ? { more } : { at, more })
}

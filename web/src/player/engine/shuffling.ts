import { playTracks } from "@/player/engine/controls"
import { trackSource } from "@/shared/api/catalogue"
import type { TrackFilters } from "@/shared/api/types"
import { toastProblem } from "@/shared/ui/toasts"

/** Play what some filters leave in an order left to chance: all of it, or on and on when it is much. */
export async function shuffleAll(filters: Omit<TrackFilters, "sort" | "order">): Promise<void> {
  const random = { ...filters, sort: "random" as const }
  const source = trackSource(random)
  try {
    const { items } = await source.page(null)
    const more = items.length < source.limit ? null : { filters: random, cursor: null }
    playTracks(items, { shuffle: true, more })
  } catch (error) {
    toastProblem(error)
  }
}

import type { KeptQueue } from "@/player/engine/keeping"
import { present } from "@/player/engine/queue"
import type { SavedQueue } from "@/shared/api/listening"

/** Whether a queue was left elsewhere later than this browser's own, and is another. */
export function worthOffering(saved: SavedQueue, here: KeptQueue): boolean {
  const track = saved.tracks[saved.current_index ?? 0]
  if (!track) return false
  const mine = present(here.queue)?.track.id
  if (mine === undefined) return true
  return mine !== track.id && Date.parse(saved.changed_at) > here.touchedAt
}

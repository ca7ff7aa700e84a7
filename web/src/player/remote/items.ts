import type { QueueItem } from "@/player/engine/queue"
import type { RemoteQueue } from "@/player/remote/protocol"
import { api, take } from "@/shared/api/client"
import type { Track } from "@/shared/api/types"

const known = new Map<string, Track>()
const MOST_KNOWN = 12_000

/** Remember tracks, so that they need not be asked for when they come back in a queue. */
export function remember(tracks: readonly Track[]): void {
  if (known.size > MOST_KNOWN) known.clear()
  for (const track of tracks) known.set(track.id, track)
}

/** What stands in for a track that this person may not hear. */
function unknown(id: string): Track {
  return {
    id,
    library_id: "",
    folder_id: null,
    album_id: null,
    album: null,
    title: "…",
    version: null,
    artist: "",
    artists: [],
    genres: [],
    year: null,
    disc_number: null,
    track_number: null,
    duration_ms: 0,
    codec: "",
    media_type: "",
    bitrate_kbps: 0,
    sample_rate_hz: 0,
    bit_depth: null,
    channels: 2,
    size_bytes: 0,
    replay_gain: {},
    cover: null,
    added_at: "1970-01-01T00:00:00Z",
  }
}

/** The queue of a session as the player shows it; tracks not known yet are asked for. Throws ProblemError. */
export async function itemsOfSession(queue: RemoteQueue, sessionId: string): Promise<QueueItem[]> {
  if (queue.entries.some(({ track_id: id }) => id !== "" && !known.has(id))) {
    const params = { query: { session_id: sessionId } }
    const { entries } = await take(api.GET("/api/v1/playback/queue", { params }))
    remember(entries.flatMap(({ track }) => track ?? []))
  }
  return queue.entries.map(({ id, track_id: trackId }) => ({
    key: id,
    track: known.get(trackId) ?? unknown(trackId),
  }))
}

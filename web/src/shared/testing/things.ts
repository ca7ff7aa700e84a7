import type { Album, Artist, Me, Track } from "@/shared/api/types"

/** A track like any other, but for what a test says. */
export function aTrack(more: Partial<Track> = {}): Track {
  const id = more.id ?? "t1"
  return {
    id,
    library_id: "l1",
    folder_id: "f1",
    album_id: "a1",
    album: "An Album",
    title: `Track ${id}`,
    version: null,
    artist: "Somebody",
    artists: [{ id: "p1", name: "Somebody" }],
    genres: ["Folk"],
    year: 1999,
    disc_number: 1,
    track_number: 1,
    duration_ms: 180_000,
    codec: "mp3",
    media_type: "audio/mpeg",
    bitrate_kbps: 320,
    sample_rate_hz: 44_100,
    bit_depth: null,
    channels: 2,
    size_bytes: 5_000_000,
    replay_gain: {},
    cover: null,
    added_at: "2026-01-01T00:00:00Z",
    ...more,
  }
}

/** So many tracks, t1 and on. */
export function tracks(count: number): Track[] {
  return Array.from({ length: count }, (_, index) => aTrack({ id: `t${index + 1}`, track_number: index + 1 }))
}

export function anAlbum(more: Partial<Album> = {}): Album {
  return {
    id: "a1",
    library_id: "l1",
    title: "An Album",
    artist: "Somebody",
    artists: [{ id: "p1", name: "Somebody" }],
    year: 1999,
    compilation: false,
    cover: null,
    track_count: 2,
    disc_count: 1,
    duration_ms: 360_000,
    added_at: "2026-01-01T00:00:00Z",
    ...more,
  }
}

export function anArtist(more: Partial<Artist> = {}): Artist {
  return { id: "p1", name: "Somebody", album_count: 1, track_count: 2, cover: null, ...more }
}

const EVERYTHING = [
  "library.listen",
  "library.download",
  "library.upload",
  "library.edit",
  "library.edit_any",
  "library.manage",
  "invites.create",
  "invites.manage",
  "shares.create",
  "shares.manage",
  "users.manage",
  "users.manage_owners",
  "activity.read",
]

export function aPerson(more: Partial<Me["user"]> = {}, permissions: string[] = EVERYTHING): Me {
  return {
    user: {
      id: "u1",
      username: "olga",
      email: null,
      display_name: "Olga",
      role: "owner",
      quota_bytes: null,
      created_at: "2026-01-01T00:00:00Z",
      disabled_at: null,
      ...more,
    },
    permissions,
    room: { max_file_bytes: 2 ** 31, quota_bytes: null, used_bytes: 0 },
  }
}

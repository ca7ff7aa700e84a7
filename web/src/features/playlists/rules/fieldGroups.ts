import type { RuleField } from "@/shared/api/rules"
import type { Words } from "@/shared/words/en"

type Group = keyof Words["rules"]["groups"]

const LISTENING = ["plays", "last_played_at", "added_at"]
const MARKS = [
  "starred",
  "starred_at",
  "album_starred",
  "artist_starred",
  "rating",
  "album_rating",
  "artist_rating",
]
const PLACES = ["playlist", "library", "folder", "album_id", "artist_id", "genre_id"]
const TECHNICAL = [
  "codec",
  "duration_ms",
  "bitrate_kbps",
  "sample_rate_hz",
  "bit_depth",
  "channels",
  "size_bytes",
  "track_gain_db",
  "isrc",
  "has_cover",
]
const GROUPS: [Group, readonly string[]][] = [
  ["listening", LISTENING],
  ["marks", MARKS],
  ["place", PLACES],
  ["technical", TECHNICAL],
]
const ORDER: readonly Group[] = ["track", "listening", "marks", "place", "technical"]

function groupOf(name: string): Group {
  return GROUPS.find(([, names]) => names.includes(name))?.[0] ?? "track"
}

/** The fields by what they are about; one we have not heard of is about the track. */
export function grouped(fields: readonly RuleField[]): [Group, RuleField[]][] {
  return ORDER.map((group): [Group, RuleField[]] => [
    group,
    fields.filter(({ name }) => groupOf(name) === group),
  ]).filter(([, some]) => some.length > 0)
}

import type { Track } from "@/shared/api/types"

export type Target = "opus" | "mp3" | "aac"
export type Quality = "original" | "high" | "saver"

/** How a track is fetched: as it is, or converted. */
export interface Plan {
  readonly format: Target | null
  readonly bitrateKbps: number | null
}

/** What an audio element says of a media type: "", "maybe" or "probably". */
export type CanPlay = (type: string) => string

const MOST_KBPS: Record<Exclude<Quality, "original">, number> = { high: 192, saver: 96 }

const TARGET_TYPES: Record<Target, string> = {
  opus: 'audio/ogg; codecs="opus"',
  mp3: "audio/mpeg",
  aac: "audio/aac",
}

const ORIGINAL: Plan = { format: null, bitrateKbps: null }

/** The media type to ask a browser about; containers need the codec named, for they can hold several. */
function typeOf({ codec, media_type: type }: Track): string {
  if (type === "audio/ogg") return `audio/ogg; codecs="${codec}"`
  if (type === "audio/mp4") return `audio/mp4; codecs="${codec === "aac" ? "mp4a.40.2" : codec}"`
  return type
}

/** Whether a browser says that it plays a track as it is. */
export function playsOriginal(track: Track, can: CanPlay): boolean {
  return can(typeOf(track)) !== ""
}

/**
 * The ways to play a track, best first: the original if the browser decodes it and it is not larger than wished for,
 * then conversions. The original stays among them when it is large, for a server that cannot convert.
 */
export function plansFor(track: Track, quality: Quality, can: CanPlay): Plan[] {
  const most = quality === "original" ? null : MOST_KBPS[quality]
  const targets = (["opus", "mp3", "aac"] as const).filter((target) => can(TARGET_TYPES[target]) !== "")
  const converted = targets.map((format): Plan => ({ format, bitrateKbps: most }))
  if (!playsOriginal(track, can)) return converted
  const small = most === null || track.bitrate_kbps <= most * 1.15
  return small ? [ORIGINAL, ...converted] : [...converted, ORIGINAL]
}

/** The address of a track's sound by a plan, from a moment on. */
export function streamUrl(trackId: string, plan: Plan, startMs: number): string {
  const path = `/api/v1/tracks/${encodeURIComponent(trackId)}/stream`
  if (plan.format === null) return path
  const query = new URLSearchParams({ format: plan.format })
  if (plan.bitrateKbps !== null) query.set("bitrate", String(plan.bitrateKbps))
  if (startMs > 0) query.set("start", String(Math.round(startMs)))
  return `${path}?${query}`
}

import { sharedUrl, type SharedTrack } from "@/shared/api/shares"

/** A format to convert to; null: the file as it is. */
type Format = "opus" | "mp3" | "aac" | null

const TYPES = { opus: 'audio/ogg; codecs="opus"', mp3: "audio/mpeg", aac: "audio/aac" }

/** The ways to hear a track, best first: as it is if the browser plays such files, then conversions. */
export function formatsFor(track: SharedTrack, can: (type: string) => string): Format[] {
  const converted = (["opus", "mp3", "aac"] as const).filter((format) => can(TYPES[format]) !== "")
  return can(track.media_type) === "" ? converted : [null, ...converted]
}

/** Where the sound of a track is, from a moment on; only a conversion begins elsewhere than at its beginning. */
export function soundUrl(
  slug: string,
  track: SharedTrack,
  ticket: string,
  format: Format,
  startMs: number,
): string {
  const query: Record<string, string> = { ticket }
  if (format !== null) query.format = format
  if (format !== null && startMs > 0) query.start = String(Math.round(startMs))
  return sharedUrl(slug, track.id, "stream", query)
}

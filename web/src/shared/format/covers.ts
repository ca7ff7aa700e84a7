type Kind = "albums" | "artists" | "tracks" | "folders"

/** The sizes the server makes, in pixels. */
export type CoverSize = 96 | 192 | 384 | 768 | 1200

/** The address of a cover: by the picture itself where known, which browsers keep, else the one drawn for the thing. */
export function coverUrl(kind: Kind, id: string, cover: string | null, size: CoverSize): string {
  const path = cover ? `covers/${encodeURIComponent(cover)}` : `${kind}/${encodeURIComponent(id)}/cover`
  return `/api/v1/${path}?size=${size}`
}

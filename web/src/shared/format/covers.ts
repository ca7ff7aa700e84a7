type Kind = "albums" | "artists" | "tracks" | "folders" | "playlists"

/** The sizes the server makes, in pixels. */
export type CoverSize = 96 | 192 | 384 | 768 | 1200

/** The address of a cover: by the picture itself where known, which browsers keep, else the one drawn for the thing. */
export function coverUrl(kind: Kind, id: string, cover: string | null, size: CoverSize): string {
  // A playlist's cover may be made of others and is always asked for by the playlist: its tag only tells when it changed.
  if (kind === "playlists") {
    return `/api/v1/playlists/${encodeURIComponent(id)}/cover?size=${size}&of=${encodeURIComponent(cover ?? "")}`
  }
  const path = cover ? `covers/${encodeURIComponent(cover)}` : `${kind}/${encodeURIComponent(id)}/cover`
  return `/api/v1/${path}?size=${size}`
}

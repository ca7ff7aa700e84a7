import { Fragment } from "react"
import { Link } from "react-router"

import type { ArtistRef } from "@/shared/api/types"

/** Cut the shown text at the names it credits, so that each can be a link and what stands between them is kept. */
export function linkedParts(shown: string, artists: readonly ArtistRef[]): (string | ArtistRef)[] {
  const parts: (string | ArtistRef)[] = []
  let rest = shown
  for (const artist of artists) {
    const place = rest.toLowerCase().indexOf(artist.name.toLowerCase())
    if (place < 0) continue
    if (place > 0) parts.push(rest.slice(0, place))
    parts.push({ id: artist.id, name: rest.slice(place, place + artist.name.length) })
    rest = rest.slice(place + artist.name.length)
  }
  if (rest) parts.push(rest)
  return parts
}

/** Artists as credited, each a link. */
export function Names({ shown, artists }: { shown: string; artists: readonly ArtistRef[] }) {
  return linkedParts(shown, artists).map((part, index) =>
    typeof part === "string" ? (
      <Fragment key={index}>{part}</Fragment>
    ) : (
      <Link key={index} to={`/artists/${part.id}`}>
        {part.name}
      </Link>
    ),
  )
}

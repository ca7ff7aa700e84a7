import { Fragment } from "react"
import { Link } from "react-router"

import type { ArtistRef } from "@/shared/api/types"
import { Marked, rangesWithin } from "@/shared/ui/Marked"

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

interface NamesProps {
  shown: string
  artists: readonly ArtistRef[]
  /** Where in the shown text something was sought. */
  ranges?: readonly (readonly number[])[] | undefined
}

/** Artists as credited, each a link. */
export function Names({ shown, artists, ranges = [] }: NamesProps) {
  let begin = 0
  return linkedParts(shown, artists).map((part, index) => {
    const text = typeof part === "string" ? part : part.name
    const { length } = Array.from(text)
    const inside = <Marked text={text} ranges={rangesWithin(ranges, begin, length)} />
    begin += length
    return typeof part === "string" ? (
      <Fragment key={index}>{inside}</Fragment>
    ) : (
      <Link key={index} to={`/artists/${part.id}`}>
        {inside}
      </Link>
    )
  })
}

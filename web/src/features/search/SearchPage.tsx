import { useQuery } from "@tanstack/react-query"
import { Search } from "lucide-react"
import { useDeferredValue, type KeyboardEvent } from "react"
import { useSearchParams } from "react-router"

import { AlbumCard } from "@/player/cards/AlbumCard"
import { ArtistCard } from "@/player/cards/ArtistCard"
import { Shelf } from "@/player/cards/Shelf"
import { playTracks } from "@/player/engine/controls"
import { TrackTable } from "@/player/tracks/TrackTable"
import { searchQuery } from "@/shared/api/catalogue"
import type { Album, Artist, Track } from "@/shared/api/types"
import { rowsOf } from "@/shared/api/useListing"
import { Page, Section } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

const LIMIT = 30

interface Results {
  artists: Artist[]
  albums: Album[]
  tracks: Track[]
}

/** The arrow keys walk through the cards; tables walk by themselves. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key]
  const target = event.target as Element
  if (step === undefined || event.defaultPrevented || target.closest("[role=slider]")) return
  const stops = [
    ...event.currentTarget.querySelectorAll<HTMLElement>("article a, [role=row] button:first-child"),
  ]
  const here = stops.findIndex((stop) => stop === target)
  event.preventDefault()
  event.stopPropagation()
  if (here + step < 0) document.getElementById("search")?.focus()
  else stops[here + step]?.focus()
}

function Found({ artists, albums, tracks }: Results) {
  const words = useWords()
  return (
    <>
      {artists.length > 0 && (
        <Section title={words.nav.artists}>
          <Shelf label={words.nav.artists}>
            {artists.map((artist) => (
              <li key={artist.id}>
                <ArtistCard artist={artist} />
              </li>
            ))}
          </Shelf>
        </Section>
      )}
      {albums.length > 0 && (
        <Section title={words.nav.albums}>
          <Shelf label={words.nav.albums}>
            {albums.map((album) => (
              <li key={album.id}>
                <AlbumCard album={album} />
              </li>
            ))}
          </Shelf>
        </Section>
      )}
      {tracks.length > 0 && (
        <Section title={words.nav.tracks}>
          <TrackTable
            rows={rowsOf(tracks)}
            look="list"
            label={words.nav.tracks}
            onPlay={(at) => {
              playTracks(tracks, { at })
            }}
          />
        </Section>
      )}
    </>
  )
}

export default function SearchPage() {
  const words = useWords().catalogue
  const [parameters] = useSearchParams()
  const typed = parameters.get("q") ?? ""
  const text = useDeferredValue(typed.trim())
  const query = useQuery(searchQuery(text, LIMIT))
  return (
    <Page title={words.searchTitle}>
      {text === "" ? (
        <Empty icon={<Search size={30} />} title={words.searchPrompt} text={words.searchText} />
      ) : (
        <div data-search-results onKeyDown={walk}>
          <Shown query={query}>
            {(results) =>
              results.artists.length + results.albums.length + results.tracks.length > 0 ? (
                <Found {...results} />
              ) : (
                <Empty
                  icon={<Search size={30} />}
                  title={words.searchNothing(text)}
                  text={words.searchNothingText}
                />
              )
            }
          </Shown>
        </div>
      )}
    </Page>
  )
}

import { useQuery } from "@tanstack/react-query"
import { Shuffle } from "lucide-react"
import { Link, useParams } from "react-router"

import { AlbumCard } from "@/player/cards/AlbumCard"
import { Shelf } from "@/player/cards/Shelf"
import { playListing } from "@/player/engine/playListing"
import { shuffleAll } from "@/player/engine/shuffling"
import { TrackTable } from "@/player/tracks/TrackTable"
import { albumSource, genresQuery, pageQuery, trackSource } from "@/shared/api/catalogue"
import { useListing } from "@/shared/api/useListing"
import { Button } from "@/shared/ui/Button"
import { Page, Section } from "@/shared/ui/Page"
import { Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

const SHELF = 24

export default function GenrePage() {
  const words = useWords()
  const { id = "" } = useParams()
  const genres = useQuery(genresQuery())
  const name = genres.data?.items.find((genre) => genre.id === id)?.name ?? words.catalogue.genre
  const albums =
    useQuery(pageQuery(albumSource({ sort: "random", genre_id: id }, SHELF), null)).data?.items ?? []
  const filters = { sort: "artist" as const, genre_id: id }
  const listing = useListing(trackSource(filters))
  return (
    <Page
      title={name}
      actions={
        <Button
          look="primary"
          icon={<Shuffle size={18} />}
          disabled={listing.count === 0}
          onClick={() => void shuffleAll({ genre_id: id })}
        >
          {words.catalogue.shuffle}
        </Button>
      }
    >
      {albums.length > 0 && (
        <Section
          title={words.nav.albums}
          aside={<Link to={`/albums?genre=${id}`}>{words.catalogue.showAll}</Link>}
        >
          <Shelf label={words.nav.albums}>
            {albums.map((album) => (
              <li key={album.id}>
                <AlbumCard album={album} />
              </li>
            ))}
          </Shelf>
        </Section>
      )}
      <Section title={words.nav.tracks}>
        <Shown query={listing.asked}>
          {() => (
            <TrackTable
              rows={listing}
              look="list"
              label={words.nav.tracks}
              onPlay={(at) => {
                playListing(listing, filters, at)
              }}
            />
          )}
        </Shown>
      </Section>
    </Page>
  )
}

import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { Shuffle } from "lucide-react"
import { Link, useParams } from "react-router"

import { AlbumCard } from "@/player/cards/AlbumCard"
import { Shelf } from "@/player/cards/Shelf"
import { playTracks } from "@/player/engine/controls"
import { TrackTable } from "@/player/tracks/TrackTable"
import { albumsQuery, genresQuery, tracksQuery } from "@/shared/api/catalogue"
import { usePaged } from "@/shared/api/usePaged"
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
  const albums = usePaged(useInfiniteQuery(albumsQuery({ sort: "random", genre_id: id }, SHELF)))
  const filters = { sort: "artist" as const, genre_id: id }
  const tracks = usePaged(useInfiniteQuery(tracksQuery(filters)))
  const more = tracks.cursor === null ? null : { filters, cursor: tracks.cursor }
  return (
    <Page
      title={name}
      actions={
        <Button
          look="primary"
          icon={<Shuffle size={18} />}
          disabled={tracks.items.length === 0}
          onClick={() => {
            playTracks(tracks.items, { shuffle: true, more })
          }}
        >
          {words.catalogue.shuffle}
        </Button>
      }
    >
      {albums.items.length > 0 && (
        <Section
          title={words.nav.albums}
          aside={<Link to={`/albums?genre=${id}`}>{words.catalogue.showAll}</Link>}
        >
          <Shelf label={words.nav.albums}>
            {albums.items.map((album) => (
              <li key={album.id}>
                <AlbumCard album={album} />
              </li>
            ))}
          </Shelf>
        </Section>
      )}
      <Section title={words.nav.tracks}>
        <Shown query={tracks.asked}>
          {() => (
            <TrackTable
              tracks={tracks.items}
              look="list"
              label={words.nav.tracks}
              onNearEnd={tracks.more}
              onPlay={(at) => {
                playTracks(tracks.items, { at, more })
              }}
            />
          )}
        </Shown>
      </Section>
    </Page>
  )
}

import { useQuery } from "@tanstack/react-query"
import { Heart, Play, Shuffle } from "lucide-react"

import { AlbumCard } from "@/player/cards/AlbumCard"
import { ArtistCard } from "@/player/cards/ArtistCard"
import { playTracks } from "@/player/engine/controls"
import { TrackTable } from "@/player/tracks/TrackTable"
import type { PlaySource } from "@/shared/api/listening"
import { starsQuery, type Star } from "@/shared/api/stars"
import { rowsOf } from "@/shared/api/useListing"
import { Button } from "@/shared/ui/Button"
import { Page, Section } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { VirtualGrid } from "@/shared/ui/VirtualGrid"
import { useWords } from "@/shared/words/words"

const STARS: PlaySource = { kind: "stars" }

interface Starred {
  artists: Star[]
  albums: Star[]
  tracks: Star[]
}

function Everything({ artists, albums, tracks }: Starred) {
  const words = useWords()
  const people = artists.flatMap(({ artist }) => artist ?? [])
  const records = albums.flatMap(({ album }) => album ?? [])
  const songs = tracks.flatMap(({ track }) => track ?? [])
  if (people.length + records.length + songs.length === 0) {
    return (
      <Empty
        icon={<Heart size={30} />}
        title={words.collection.noStars}
        text={words.collection.noStarsText}
      />
    )
  }
  return (
    <>
      {people.length > 0 && (
        <Section title={words.nav.artists}>
          <VirtualGrid rows={rowsOf(people)} label={words.nav.artists}>
            {(artist) => <ArtistCard artist={artist} />}
          </VirtualGrid>
        </Section>
      )}
      {records.length > 0 && (
        <Section title={words.nav.albums}>
          <VirtualGrid rows={rowsOf(records)} label={words.nav.albums}>
            {(album) => <AlbumCard album={album} />}
          </VirtualGrid>
        </Section>
      )}
      {songs.length > 0 && (
        <Section title={words.nav.tracks}>
          <TrackTable
            rows={rowsOf(songs)}
            look="list"
            label={words.nav.tracks}
            onPlay={(at) => {
              playTracks(songs, { at, source: STARS })
            }}
          />
        </Section>
      )}
    </>
  )
}

/** All that has one's star. */
export default function StarredPage() {
  const words = useWords()
  const tracks = useQuery(starsQuery("track"))
  const albums = useQuery(starsQuery("album"))
  const artists = useQuery(starsQuery("artist"))
  const all = [tracks, albums, artists]
  const songs = (tracks.data ?? []).flatMap(({ track }) => track ?? [])
  const data =
    tracks.data && albums.data && artists.data
      ? { tracks: tracks.data, albums: albums.data, artists: artists.data }
      : undefined
  const asked = {
    data,
    error: all.find(({ error }) => error)?.error ?? null,
    refetch: () => Promise.all(all.map(({ refetch }) => refetch())),
  }
  return (
    <Page
      title={words.collection.starred}
      actions={
        <>
          <Button
            look="primary"
            icon={<Play size={18} fill="currentColor" />}
            disabled={songs.length === 0}
            onClick={() => {
              playTracks(songs, { source: STARS })
            }}
          >
            {words.catalogue.play}
          </Button>
          <Button
            icon={<Shuffle size={18} />}
            disabled={songs.length === 0}
            onClick={() => {
              playTracks(songs, { shuffle: true, source: STARS })
            }}
          >
            {words.catalogue.shuffle}
          </Button>
        </>
      }
    >
      <Shown query={asked}>{(starred) => <Everything {...starred} />}</Shown>
    </Page>
  )
}

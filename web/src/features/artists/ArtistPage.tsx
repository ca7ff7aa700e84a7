import { useQuery } from "@tanstack/react-query"
import { Play, Shuffle } from "lucide-react"
import { useParams } from "react-router"

import styles from "@/features/artists/ArtistPage.module.css"
import { AlbumCard } from "@/player/cards/AlbumCard"
import { playListing } from "@/player/engine/playListing"
import { shuffleAll } from "@/player/engine/shuffling"
import { Rating } from "@/player/marks/Rating"
import { StarButton } from "@/player/marks/StarButton"
import { TrackTable } from "@/player/tracks/TrackTable"
import { artistQuery, trackSource } from "@/shared/api/catalogue"
import type { Album, Artist } from "@/shared/api/types"
import { rowsOf, useListing } from "@/shared/api/useListing"
import { Button } from "@/shared/ui/Button"
import { Cover } from "@/shared/ui/Cover"
import { Glow } from "@/shared/ui/Glow"
import { Section, useTitle } from "@/shared/ui/Page"
import { Shown } from "@/shared/ui/States"
import { VirtualGrid } from "@/shared/ui/VirtualGrid"
import { useWords } from "@/shared/words/words"

function Albums({ title, albums, by }: { title: string; albums: Album[]; by: "artist" | "year" }) {
  if (albums.length === 0) return null
  return (
    <Section title={title}>
      <VirtualGrid rows={rowsOf(albums)} label={title}>
        {(album) => <AlbumCard album={album} by={by} />}
      </VirtualGrid>
    </Section>
  )
}

interface ArtistViewProps {
  artist: Artist
  albums: Album[]
  appears_on: Album[]
}

function ArtistView({ artist, albums, appears_on: appearsOn }: ArtistViewProps) {
  const words = useWords()
  const filters = { sort: "album" as const, artist_id: artist.id }
  const listing = useListing(trackSource(filters))
  useTitle(artist.name)
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Glow kind="artists" id={artist.id} cover={artist.cover} />
        <Cover
          kind="artists"
          id={artist.id}
          cover={artist.cover}
          size={192}
          round
          eager
          className={styles.cover}
        />
        <div className={styles.about}>
          <h1>{artist.name}</h1>
          <p className={styles.facts}>
            {artist.album_count > 0 && `${words.counts.albums(artist.album_count)} · `}
            {words.counts.tracks(artist.track_count)}
          </p>
          <div className={styles.actions}>
            <Button
              look="primary"
              icon={<Play size={18} fill="currentColor" />}
              disabled={listing.count === 0}
              onClick={() => {
                playListing(listing, filters)
              }}
            >
              {words.catalogue.play}
            </Button>
            <Button
              icon={<Shuffle size={18} />}
              disabled={listing.count === 0}
              onClick={() => void shuffleAll({ artist_id: artist.id })}
            >
              {words.catalogue.shuffle}
            </Button>
            <StarButton kind="artist" id={artist.id} name={artist.name} />
            <Rating kind="artist" id={artist.id} name={artist.name} />
          </div>
        </div>
      </header>
      <Albums title={words.nav.albums} albums={albums} by="year" />
      <Albums title={words.catalogue.appearsOn} albums={appearsOn} by="artist" />
      {listing.count > 0 && (
        <Section title={words.nav.tracks}>
          <TrackTable
            rows={listing}
            look="list"
            label={words.nav.tracks}
            onPlay={(at) => {
              playListing(listing, filters, at)
            }}
          />
        </Section>
      )}
    </div>
  )
}

export default function ArtistPage() {
  const { id = "" } = useParams()
  const query = useQuery(artistQuery(id))
  return <Shown query={query}>{(page) => <ArtistView key={id} {...page} />}</Shown>
}

import { useQuery } from "@tanstack/react-query"
import { useParams } from "react-router"

import { AlbumHead } from "@/features/albums/AlbumHead"
import styles from "@/features/albums/AlbumPage.module.css"
import { playTracks } from "@/player/engine/controls"
import { TrackTable } from "@/player/tracks/TrackTable"
import { albumQuery } from "@/shared/api/catalogue"
import type { AlbumPage as AlbumWithTracks, Track } from "@/shared/api/types"
import { rowsOf } from "@/shared/api/useListing"
import { useTitle } from "@/shared/ui/Page"
import { Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

interface Disc {
  number: number
  tracks: Track[]
  /** The place of its first track in the album. */
  from: number
}

/** The tracks by discs, in order. */
export function discsOf(tracks: readonly Track[]): Disc[] {
  const discs: Disc[] = []
  tracks.forEach((track, index) => {
    const number = track.disc_number ?? 1
    const last = discs.at(-1)
    if (last?.number === number) last.tracks.push(track)
    else discs.push({ number, tracks: [track], from: index })
  })
  return discs
}

function AlbumView({ album, tracks }: AlbumWithTracks) {
  const words = useWords().catalogue
  useTitle(album.title)
  const discs = discsOf(tracks)
  return (
    <div className={styles.page}>
      <AlbumHead album={album} tracks={tracks} />
      <div className={styles.tracks}>
        {discs.map((disc) => (
          <section key={`${disc.number} ${disc.from}`}>
            {discs.length > 1 && <h2>{words.disc(disc.number)}</h2>}
            <TrackTable
              rows={rowsOf(disc.tracks)}
              look="album"
              label={discs.length > 1 ? `${album.title}, ${words.disc(disc.number)}` : album.title}
              albumArtist={album.artist}
              onPlay={(index) => {
                playTracks(tracks, { at: disc.from + index, source: { kind: "album", id: album.id } })
              }}
            />
          </section>
        ))}
      </div>
    </div>
  )
}

export default function AlbumPage() {
  const { id = "" } = useParams()
  const query = useQuery(albumQuery(id))
  return <Shown query={query}>{(page) => <AlbumView key={id} {...page} />}</Shown>
}

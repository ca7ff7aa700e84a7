import type { ReactNode } from "react"
import { Link, useSearchParams } from "react-router"

import styles from "@/features/search/Search.module.css"
import { AlbumCard } from "@/player/cards/AlbumCard"
import { ArtistCard } from "@/player/cards/ArtistCard"
import { Shelf } from "@/player/cards/Shelf"
import { playTracks } from "@/player/engine/controls"
import { TrackTable } from "@/player/tracks/TrackTable"
import {
  rangesOf,
  type LyricsMatch,
  type PlaylistMatch,
  type SearchKind,
  type SearchResults,
} from "@/shared/api/search"
import type { PlaySource } from "@/shared/api/listening"
import { nameOf, playlistCover } from "@/shared/api/playlists"
import { rowsOf } from "@/shared/api/useListing"
import { cx } from "@/shared/format/classes"
import { clock } from "@/shared/format/time"
import { Cover } from "@/shared/ui/Cover"
import { Marked } from "@/shared/ui/Marked"
import { Section } from "@/shared/ui/Page"
import { VirtualGrid } from "@/shared/ui/VirtualGrid"
import { useWords } from "@/shared/words/words"

const FROM_SEARCH: PlaySource = { kind: "search" }

/** A line of a song in which the words are sung; a press plays it from there. */
function SungLine({ match }: { match: LyricsMatch }) {
  const words = useWords()
  const { item: track, line, start_ms: startMs } = match
  const by = track.artist || words.unknownArtist
  const hint = startMs === null ? words.player.playTrack(track.title) : undefined
  return (
    <li>
      <button
        type="button"
        data-stop
        className={styles.line}
        title={hint ?? words.search.playFrom(track.title, clock(startMs ?? 0))}
        onClick={() => {
          playTracks([track], { at: 0, source: FROM_SEARCH, startMs: startMs ?? 0 })
        }}
      >
        <Cover kind="tracks" id={track.id} cover={track.cover} size={96} className={styles.cover} />
        <span className={styles.words}>
          <span className={styles.sung}>
            <Marked text={line} ranges={rangesOf(match.matched, "line")} />
          </span>
          <span className={cx(styles.text, "ellipsis")}>{`${track.title} · ${by}`}</span>
        </span>
        {startMs !== null && <span className={styles.at}>{clock(startMs)}</span>}
      </button>
    </li>
  )
}

function PlaylistLine({ match: { item: playlist, matched } }: { match: PlaylistMatch }) {
  const words = useWords()
  const { id, name, owner, entry_count: count } = playlist
  const about = [...(count === null ? [] : [words.counts.tracks(count)]), words.collection.by(nameOf(owner))]
  return (
    <li>
      <Link to={`/playlists/${id}`} data-stop className={styles.line}>
        <Cover kind="playlists" id={id} cover={playlistCover(playlist)} size={96} className={styles.cover} />
        <span className={styles.words}>
          <span className={cx(styles.name, "ellipsis")}>
            <Marked text={name} ranges={rangesOf(matched, "name")} />
          </span>
          <span className={cx(styles.text, "ellipsis")}>{about.join(" · ")}</span>
        </span>
      </Link>
    </li>
  )
}

interface GroupProps {
  kind: SearchKind
  /** How many were found, and how many there may be at most. */
  count: number
  limit: number
  alone: boolean
  children: ReactNode
}

/** What was found of a kind; where more may be, the way to all of it. */
function Group({ kind, count, limit, alone, children }: GroupProps) {
  const words = useWords().search
  const [parameters] = useSearchParams()
  if (count === 0) return null
  const all = new URLSearchParams({ q: parameters.get("q") ?? "", kind })
  return (
    <Section
      title={words[kind]}
      aside={
        !alone &&
        count >= limit && (
          <Link to={`/search?${all.toString()}`} replace aria-label={words.showAll(words[kind])}>
            {words.more}
          </Link>
        )
      }
    >
      {children}
    </Section>
  )
}

interface ResultsProps {
  results: SearchResults
  limit: number
  /** Only one kind is shown, and all of it. */
  alone: boolean
}

/** What was found, group by group. */
export function Results({ results, limit, alone }: ResultsProps) {
  const words = useWords().search
  const { artists, albums, tracks, playlists, lyrics } = results
  const songs = tracks.map(({ item }) => item)
  const group = { limit, alone }
  const artistCards = artists.map(({ item, matched }) => (
    <li key={item.id}>
      <ArtistCard artist={item} matched={matched} />
    </li>
  ))
  const albumCards = albums.map(({ item, matched }) => (
    <li key={item.id}>
      <AlbumCard album={item} matched={matched} />
    </li>
  ))
  return (
    <div className={styles.results}>
      <Group kind="artists" count={artists.length} {...group}>
        {alone ? (
          <VirtualGrid rows={rowsOf(artists)} label={words.artists}>
            {({ item, matched }) => <ArtistCard artist={item} matched={matched} />}
          </VirtualGrid>
        ) : (
          <Shelf label={words.artists}>{artistCards}</Shelf>
        )}
      </Group>
      <Group kind="albums" count={albums.length} {...group}>
        {alone ? (
          <VirtualGrid rows={rowsOf(albums)} label={words.albums}>
            {({ item, matched }) => <AlbumCard album={item} matched={matched} />}
          </VirtualGrid>
        ) : (
          <Shelf label={words.albums}>{albumCards}</Shelf>
        )}
      </Group>
      <Group kind="tracks" count={tracks.length} {...group}>
        <TrackTable
          rows={rowsOf(songs)}
          look="list"
          label={words.tracks}
          matched={(at) => tracks[at]?.matched}
          onPlay={(at) => {
            playTracks(songs, { at, source: FROM_SEARCH })
          }}
        />
      </Group>
      <Group kind="playlists" count={playlists.length} {...group}>
        <ul className={styles.lists} aria-label={words.playlists}>
          {playlists.map((match) => (
            <PlaylistLine key={match.item.id} match={match} />
          ))}
        </ul>
      </Group>
      <Group kind="lyrics" count={lyrics.length} {...group}>
        <ul className={styles.lines} aria-label={words.lyrics}>
          {lyrics.map((match) => (
            <SungLine key={match.item.id} match={match} />
          ))}
        </ul>
      </Group>
    </div>
  )
}

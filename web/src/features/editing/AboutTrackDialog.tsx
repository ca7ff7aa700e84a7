import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { Link } from "react-router"

import styles from "@/features/editing/Editing.module.css"
import { trackQuery } from "@/shared/api/catalogue"
import type { Track, TrackDetails } from "@/shared/api/types"
import { bytes } from "@/shared/format/bytes"
import { clock, moment } from "@/shared/format/time"
import { Dialog } from "@/shared/ui/Dialog"
import { Shown } from "@/shared/ui/States"
import { named, useLocale, useWords } from "@/shared/words/words"

type Line = [string, ReactNode]

function useSoundLines({ track, file_name: name }: TrackDetails): Line[] {
  const words = useWords().catalogue
  const locale = useLocale()
  const { replay_gain: gain, bit_depth: depth } = track
  const rate = `${track.sample_rate_hz / 1000} kHz${depth ? ` / ${depth} bit` : ""}`
  const db = gain.track_gain_db ?? null
  return [
    [words.columns.duration, clock(track.duration_ms)],
    [words.details.codec, track.codec],
    [words.details.bitrate, `${track.bitrate_kbps} kbit/s`],
    [words.details.sampleRate, rate],
    [words.details.channels, track.channels],
    [words.details.gain, db === null ? null : `${db > 0 ? "+" : ""}${db.toFixed(2)} dB`],
    [words.details.size, bytes(track.size_bytes, locale)],
    [words.details.file, name],
    [words.sorts.added, moment(track.added_at, locale)],
  ]
}

function useTagLines(details: TrackDetails, onClose: () => void): Line[] {
  const words = useWords().catalogue
  const { track, credits } = details
  const roles = [...new Set(credits.map(({ role }) => role))]
  const people = (wanted: string) =>
    credits
      .filter(({ role }) => role === wanted)
      .map(({ artist }, index) => (
        <span key={artist.id}>
          {index > 0 && ", "}
          <Link to={`/artists/${artist.id}`} onClick={onClose}>
            {artist.name}
          </Link>
        </span>
      ))
  return [
    [words.columns.title, track.title],
    ...roles.map((role): Line => [named(words.roles, role), people(role)]),
    [words.columns.album, track.album],
    [words.details.date, details.date ?? track.year],
    [words.genre, track.genres.join(", ")],
    [words.details.comment, details.comment],
    ["ISRC", details.isrcs.join(", ")],
    [words.details.edited, details.edited.map((field) => named(words.editor.fields, field)).join(", ")],
  ]
}

function Lines({ details, onClose }: { details: TrackDetails; onClose: () => void }) {
  const lines = [...useTagLines(details, onClose), ...useSoundLines(details)]
  return (
    <dl className={styles.about}>
      {lines
        .filter(([, value]) => value !== null && value !== "")
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

/** All that is known of a track. */
export function AboutTrackDialog({ track, onClose }: { track: Track; onClose: () => void }) {
  const words = useWords()
  const query = useQuery(trackQuery(track.id))
  return (
    <Dialog title={words.catalogue.details.title} onClose={onClose}>
      <Shown query={query}>{(details) => <Lines details={details} onClose={onClose} />}</Shown>
    </Dialog>
  )
}

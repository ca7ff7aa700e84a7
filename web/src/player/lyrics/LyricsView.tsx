import { useQuery } from "@tanstack/react-query"
import { MicVocal, Pencil } from "lucide-react"
import { useMemo, type ReactNode } from "react"

import { DiagramStrip } from "@/player/lyrics/Diagrams"
import styles from "@/player/lyrics/Lyrics.module.css"
import { Options, OptionsButton, Transpose } from "@/player/lyrics/LyricsTools"
import { tuningOf, useLyricsSettings } from "@/player/lyrics/settings"
import { Song } from "@/player/lyrics/Song"
import { chordsOf } from "@/player/lyrics/song"
import { lyricsQuery, type TimedLyrics } from "@/shared/api/lyrics"
import type { Track } from "@/shared/api/types"
import { useMay } from "@/shared/session/house"
import { Badge } from "@/shared/ui/Badge"
import { Button, IconButton } from "@/shared/ui/Button"
import { openDialog } from "@/shared/ui/dialogs"
import { Empty, Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

/** What is known about the times, and the key. */
function Facts({ lyrics }: { lyrics: TimedLyrics }) {
  const words = useWords().lyrics
  const { key, words_timing: sung, chords_timing: played, confidence } = lyrics
  const estimated = sung === "estimated" || played === "estimated"
  return (
    <div className={styles.facts}>
      {key && <span>{words.key(key)}</span>}
      {estimated && (
        <span title={words.estimatedText}>
          <Badge>{words.estimated}</Badge>
        </span>
      )}
      {played === "aligned" && (
        <span title={words.alignedText(Math.round(confidence * 100))}>
          <Badge>{words.aligned}</Badge>
        </span>
      )}
    </div>
  )
}

function NoLyrics({ track }: { track: Track }) {
  const words = useWords()
  const mayEdit = useMay("library.edit")
  return (
    <Empty icon={<MicVocal size={28} />} title={words.player.noLyrics} text={words.player.noLyricsText}>
      {mayEdit && (
        <Button
          icon={<Pencil size={16} />}
          onClick={() => {
            openDialog({ kind: "lyrics", track })
          }}
        >
          {words.lyrics.add}
        </Button>
      )}
    </Empty>
  )
}

function EditButton({ track }: { track: Track }) {
  const words = useWords().lyrics
  if (!useMay("library.edit")) return null
  return (
    <IconButton
      size="s"
      label={words.edit}
      onClick={() => {
        openDialog({ kind: "lyrics", track })
      }}
    >
      <Pencil size={16} />
    </IconButton>
  )
}

interface LyricsViewProps {
  track: Track
  /** More buttons beside those for the chords. */
  tools?: ReactNode
}

function Present({ track, lyrics, tools }: LyricsViewProps & { lyrics: TimedLyrics }) {
  const { open, chords, instrument } = useLyricsSettings()
  const names = useMemo(() => chordsOf(lyrics.lines), [lyrics.lines])
  const hasChords = names.length > 0
  return (
    <div className={styles.view}>
      <div className={styles.tools}>
        {hasChords && <Transpose trackId={track.id} />}
        <OptionsButton />
        <EditButton track={track} />
        {tools}
      </div>
      {open && <Options trackId={track.id} hasChords={hasChords} />}
      <Facts lyrics={lyrics} />
      {hasChords && chords && instrument !== "none" && <DiagramStrip names={names} instrument={instrument} />}
      <Song key={track.id} lines={lyrics.lines} />
    </div>
  )
}

/** The words and chords of a track, in time with it. */
export function LyricsView({ track, tools }: LyricsViewProps) {
  const tuning = useLyricsSettings(tuningOf(track.id))
  const simplified = useLyricsSettings((settings) => settings.simplified)
  const query = useQuery(lyricsQuery(track.id, { ...tuning, simplified }))
  return (
    <Shown query={query}>
      {(lyrics) =>
        lyrics.lines.length > 0 ? (
          <Present track={track} lyrics={lyrics} tools={tools} />
        ) : (
          <NoLyrics track={track} />
        )
      }
    </Shown>
  )
}

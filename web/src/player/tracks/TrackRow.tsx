import { Heart, Pause, Play } from "lucide-react"
import { useState, type KeyboardEvent, type MouseEvent, type ReactNode } from "react"

import { togglePlay } from "@/player/engine/controls"
import { usePlayer, usePresent } from "@/player/engine/store"
import { RatingMark } from "@/player/marks/Rating"
import { Names } from "@/player/tracks/Names"
import { useTrackMenu } from "@/player/tracks/trackMenu"
import parts from "@/player/tracks/TrackParts.module.css"
import styles from "@/player/tracks/TrackRow.module.css"
import { Where, type Credit } from "@/player/tracks/Where"
import { useStarred } from "@/shared/api/stars"
import { rangesOf, type MatchedText } from "@/shared/api/search"
import type { Track } from "@/shared/api/types"
import { cx } from "@/shared/format/classes"
import { clock } from "@/shared/format/time"
import { Cover } from "@/shared/ui/Cover"
import { Marked } from "@/shared/ui/Marked"
import { Menu, MenuPopup, type MenuItem } from "@/shared/ui/Menu"
import { useWords } from "@/shared/words/words"

export type RowLook = "album" | "list"

interface TrackRowProps {
  track: Track
  look: RowLook
  /** What stands in front: the number on the album or the place in the list. */
  number: number | null
  rowIndex: number
  /** The artist of the album, which need not be said again. */
  albumArtist?: string | undefined
  /** More choices in its menu. */
  more?: (() => readonly MenuItem[]) | undefined
  /** What of it was sought. */
  matched?: readonly MatchedText[] | undefined
  /** Who put it into the list, in place of its year. */
  credit?: Credit | undefined
  /** What it is moved by. */
  grip?: ReactNode
  /** It is being moved. */
  lifted?: boolean
  onPlay: () => void
}

type Shown = Pick<TrackRowProps, "track" | "matched">

/** The bars that dance while a track sounds. */
function Sounding() {
  return (
    <span className={parts.sounding} aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  )
}

/** Move from row to row by the arrow keys. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined || event.altKey) return
  event.preventDefault()
  event.stopPropagation()
  const here = Number(event.currentTarget.getAttribute("aria-rowindex"))
  const table = event.currentTarget.closest("[role=table]")
  const row = table?.querySelector<HTMLElement>(`[role=row][aria-rowindex="${here + step}"]`)
  row?.querySelector<HTMLElement>("button")?.focus()
  row?.scrollIntoView({ block: "nearest" })
}

function touched(event: MouseEvent): boolean {
  return (event.nativeEvent as PointerEvent).pointerType === "touch"
}

/** The number, which gives way to the button that plays. */
function Lead({ number, playing, label, onPress }: LeadProps) {
  return (
    <div role="cell" className={styles.lead}>
      <span className={styles.number}>{playing ? <Sounding /> : number}</span>
      <button type="button" className={styles.play} aria-label={label} title={label} onClick={onPress}>
        {playing ? <Pause size={18} fill="currentColor" /> : <Play size={18} fill="currentColor" />}
      </button>
    </div>
  )
}

interface LeadProps {
  number: number | null
  playing: boolean
  label: string
  onPress: () => void
}

/** Says that a track has one's star. */
function StarMark({ id }: { id: string }) {
  const words = useWords().collection
  if (!useStarred("track", id)) return null
  return <Heart size={13} className={parts.star} fill="currentColor" aria-label={words.starred} />
}

/** What was sought and stands in no column: the genre, who composed it, and on a phone album and year too. */
function Also({ matched = [] }: { matched?: readonly MatchedText[] | undefined }) {
  return matched
    .filter(({ field }) => ALSO.has(field))
    .map(({ field, text, ranges }) => (
      <span key={`${field} ${text}`} className={SHOWN_NOWHERE.has(field) ? styles.also : styles.narrowly}>
        <Marked text={text} ranges={ranges} />
      </span>
    ))
}

const SHOWN_NOWHERE = new Set(["genre", "composer", "credit"])
const ALSO = new Set([...SHOWN_NOWHERE, "album", "year"])

/** Cover, title and artist. */
function Main({ track, look, albumArtist, matched }: Shown & Pick<TrackRowProps, "look" | "albumArtist">) {
  const words = useWords()
  const { id, cover, title, version, artist, artists } = track
  return (
    <div role="cell" className={styles.main}>
      {look === "list" && <Cover kind="tracks" id={id} cover={cover} size={96} className={styles.cover} />}
      <div className={styles.words}>
        <div className={cx(styles.title, "ellipsis")}>
          <Marked text={title} ranges={rangesOf(matched, "title")} />
          {version && (
            <span className={parts.version}>
              {" "}
              <Marked text={version} ranges={rangesOf(matched, "version")} />
            </span>
          )}
          <StarMark id={id} />
          <RatingMark id={id} />
        </div>
        {artist !== albumArtist && (
          <div className={cx(styles.artist, "ellipsis")}>
            <Names
              shown={artist || words.unknownArtist}
              artists={artists}
              ranges={rangesOf(matched, "artist")}
            />
            <Also matched={matched} />
          </div>
        )}
      </div>
    </div>
  )
}

/** The menu of a row: by its button, or where the mouse was pressed. */
function RowMenu({ track, more, at, onClose }: RowMenuProps) {
  const label = useWords().player.actionsFor(track.title)
  const menuOf = useTrackMenu()
  const menu = () => [...menuOf(track), ...(more?.() ?? [])]
  return (
    <div role="cell" className={styles.menu}>
      <Menu size="s" label={label} items={menu} />
      {at && <MenuPopup label={label} items={menu()} at={at} onClose={onClose} />}
    </div>
  )
}

interface RowMenuProps extends Pick<TrackRowProps, "track" | "more"> {
  at: Place | null
  onClose: () => void
}

interface Place {
  x: number
  y: number
}

/** The place of a track that is still on its way. */
export function GhostRow({ look, number, rowIndex }: Pick<TrackRowProps, "look" | "number" | "rowIndex">) {
  return (
    <div role="row" aria-rowindex={rowIndex} aria-busy="true" className={cx(styles.row, styles[look])}>
      <div role="cell" className={styles.lead}>
        <span className={styles.number}>{number}</span>
      </div>
      <div role="cell" className={styles.main}>
        {look === "list" && <span className={cx(styles.cover, parts.ghost, parts.ghostCover)} />}
        <span className={cx(parts.ghost, parts.ghostLine)} />
      </div>
    </div>
  )
}

export function TrackRow(props: TrackRowProps) {
  const { track, look, number, rowIndex, albumArtist, more, matched, credit, grip, lifted, onPlay } = props
  const words = useWords().player
  const present = usePresent()?.track.id === track.id
  const playing = usePlayer((state) => state.playing) && present
  const [at, setAt] = useState<Place | null>(null)
  return (
    // The keys of the row are a shortcut: each of its parts can be reached by Tab.
    <div
      role="row"
      aria-rowindex={rowIndex}
      aria-current={present || undefined}
      className={cx(styles.row, styles[look], present && styles.present, lifted && styles.lifted)}
      onKeyDown={walk}
      onDoubleClick={onPlay}
      onClick={(event) => {
        if (touched(event) && !(event.target as Element).closest("a, button")) onPlay()
      }}
      onContextMenu={(event) => {
        event.preventDefault()
        setAt({ x: event.clientX, y: event.clientY })
      }}
    >
      <Lead
        number={number}
        playing={playing}
        label={playing ? words.pause : words.playTrack(track.title)}
        onPress={present ? togglePlay : onPlay}
      />
      <Main track={track} look={look} albumArtist={albumArtist} matched={matched} />
      {look === "list" && <Where track={track} matched={matched} credit={credit} />}
      <div role="cell" className={styles.duration}>
        {clock(track.duration_ms)}
      </div>
      <RowMenu
        track={track}
        more={more}
        at={at}
        onClose={() => {
          setAt(null)
        }}
      />
      {grip && (
        <div role="cell" className={styles.grip}>
          {grip}
        </div>
      )}
    </div>
  )
}

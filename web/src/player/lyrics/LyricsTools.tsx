import { AArrowDown, AArrowUp, Minus, Plus, SlidersHorizontal } from "lucide-react"

import styles from "@/player/lyrics/Lyrics.module.css"
import {
  MOST_CAPO,
  MOST_SEMITONES,
  resize,
  SIZES,
  tune,
  tuningOf,
  useLyricsSettings,
} from "@/player/lyrics/settings"
import type { Instrument } from "@/shared/api/lyrics"
import { IconButton } from "@/shared/ui/Button"
import { BareSelect, CheckField } from "@/shared/ui/Field"
import { useWords } from "@/shared/words/words"

/** Higher, lower, and as it is written. */
export function Transpose({ trackId }: { trackId: string }) {
  const words = useWords().lyrics
  const { transpose } = useLyricsSettings(tuningOf(trackId))
  const shown = transpose > 0 ? `+${transpose}` : String(transpose).replace("-", "−")
  return (
    <div className={styles.transpose} role="group" aria-label={words.transposed(transpose)}>
      <IconButton
        size="s"
        label={words.transposeDown}
        disabled={transpose <= -MOST_SEMITONES}
        onClick={() => {
          tune(trackId, { transpose: transpose - 1 })
        }}
      >
        <Minus size={17} />
      </IconButton>
      <button
        type="button"
        className={styles.semitones}
        title={words.asWritten}
        aria-label={`${words.transposed(transpose)}. ${words.asWritten}`}
        onClick={() => {
          tune(trackId, { transpose: 0 })
        }}
      >
        {shown}
      </button>
      <IconButton
        size="s"
        label={words.transposeUp}
        disabled={transpose >= MOST_SEMITONES}
        onClick={() => {
          tune(trackId, { transpose: transpose + 1 })
        }}
      >
        <Plus size={17} />
      </IconButton>
    </div>
  )
}

/** Opens the other choices. */
export function OptionsButton() {
  const words = useWords().lyrics
  const open = useLyricsSettings((settings) => settings.open)
  return (
    <IconButton
      size="s"
      label={words.options}
      aria-expanded={open}
      aria-pressed={undefined}
      onClick={() => {
        useLyricsSettings.setState({ open: !open })
      }}
    >
      <SlidersHorizontal size={18} />
    </IconButton>
  )
}

function Sizes() {
  const words = useWords().lyrics
  const size = useLyricsSettings((settings) => settings.size)
  return (
    <div className={styles.transpose}>
      <IconButton
        size="s"
        label={words.smaller}
        disabled={size <= SIZES[0]}
        onClick={() => {
          resize(-1)
        }}
      >
        <AArrowDown size={20} />
      </IconButton>
      <IconButton
        size="s"
        label={words.larger}
        disabled={size >= (SIZES.at(-1) ?? size)}
        onClick={() => {
          resize(1)
        }}
      >
        <AArrowUp size={20} />
      </IconButton>
    </div>
  )
}

const INSTRUMENTS = ["none", "guitar", "ukulele", "cavaquinho"] as const
const FRETS = Array.from({ length: MOST_CAPO + 1 }, (_, fret) => fret)

function ChordChoices({ trackId }: { trackId: string }) {
  const words = useWords().lyrics
  const { simplified, chords, words: withWords, instrument } = useLyricsSettings()
  const { capo } = useLyricsSettings(tuningOf(trackId))
  return (
    <>
      <CheckField
        label={words.chords}
        checked={chords}
        onChange={(event) => {
          useLyricsSettings.setState({ chords: event.target.checked })
        }}
      />
      <CheckField
        label={words.words}
        checked={withWords || !chords}
        disabled={!chords}
        onChange={(event) => {
          useLyricsSettings.setState({ words: event.target.checked })
        }}
      />
      <CheckField
        label={words.simplified}
        checked={simplified}
        onChange={(event) => {
          useLyricsSettings.setState({ simplified: event.target.checked })
        }}
      />
      <BareSelect
        label={words.capo}
        value={capo}
        onChange={(event) => {
          tune(trackId, { capo: Number(event.target.value) })
        }}
      >
        {FRETS.map((fret) => (
          <option key={fret} value={fret}>
            {fret === 0 ? words.noCapo : words.capoAt(fret)}
          </option>
        ))}
      </BareSelect>
      <BareSelect
        label={words.instrument}
        value={instrument}
        onChange={(event) => {
          useLyricsSettings.setState({ instrument: event.target.value as Instrument | "none" })
        }}
      >
        {INSTRUMENTS.map((one) => (
          <option key={one} value={one}>
            {words.instruments[one]}
          </option>
        ))}
      </BareSelect>
    </>
  )
}

/** How a song is shown; without chords there is less to choose. */
export function Options({ trackId, hasChords }: { trackId: string; hasChords: boolean }) {
  return (
    <div className={styles.options} role="group" aria-label={useWords().lyrics.options}>
      <Sizes />
      {hasChords && <ChordChoices trackId={trackId} />}
    </div>
  )
}

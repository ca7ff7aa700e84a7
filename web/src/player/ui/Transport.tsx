import { Pause, Play, Repeat, Repeat1, Shuffle, SkipBack, SkipForward } from "lucide-react"

import { cycleRepeat, next, previous, togglePlay, toggleShuffle } from "@/player/engine/controls"
import { usePlayer, usePlayerSettings, usePresent } from "@/player/engine/store"
import styles from "@/player/ui/Transport.module.css"
import { cx } from "@/shared/format/classes"
import { IconButton } from "@/shared/ui/Button"
import { Spinner } from "@/shared/ui/Spinner"
import { useWords } from "@/shared/words/words"

/** The big button in the middle. */
export function PlayButton({ big = false }: { big?: boolean }) {
  const words = useWords().player
  const { playing, waiting } = usePlayer()
  const nothing = usePresent() === null
  const label = playing ? words.pause : words.play
  const size = big ? 30 : 20
  return (
    <button
      type="button"
      className={cx(styles.play, big && styles.big)}
      aria-label={label}
      title={label}
      aria-busy={waiting || undefined}
      disabled={nothing}
      onClick={togglePlay}
    >
      {playing ? <Pause size={size} fill="currentColor" /> : <Play size={size} fill="currentColor" />}
      {waiting && (
        <span className={styles.waiting}>
          <Spinner size={big ? 76 : 48} />
        </span>
      )}
    </button>
  )
}

/** Shuffle, back, play, forward, repeat. */
export function Transport({ big = false }: { big?: boolean }) {
  const words = useWords().player
  const { shuffle, repeat } = usePlayerSettings()
  const nothing = usePresent() === null
  const size = big ? 26 : 20
  return (
    <div className={cx(styles.transport, big && styles.wide)}>
      <IconButton label={shuffle ? words.shuffleOff : words.shuffleOn} on={shuffle} onClick={toggleShuffle}>
        <Shuffle size={big ? 22 : 18} />
      </IconButton>
      <IconButton label={words.previous} disabled={nothing} onClick={previous}>
        <SkipBack size={size} fill="currentColor" />
      </IconButton>
      <PlayButton big={big} />
      <IconButton label={words.next} disabled={nothing} onClick={next}>
        <SkipForward size={size} fill="currentColor" />
      </IconButton>
      <IconButton label={words.repeat[repeat]} on={repeat !== "off"} onClick={cycleRepeat}>
        {repeat === "one" ? <Repeat1 size={big ? 22 : 18} /> : <Repeat size={big ? 22 : 18} />}
      </IconButton>
    </div>
  )
}

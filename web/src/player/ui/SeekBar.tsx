import { useState } from "react"

import { seekTo } from "@/player/engine/controls"
import { usePresent, useProgress } from "@/player/engine/store"
import styles from "@/player/ui/SeekBar.module.css"
import { Slider } from "@/player/ui/Slider"
import { clock } from "@/shared/format/time"
import { useWords } from "@/shared/words/words"

const STEP_MS = 5_000
const PAGE_MS = 30_000

/** Where the track is, how much of it is here, and the way to any other moment. */
export function SeekBar() {
  const words = useWords().player
  const { positionMs, bufferedMs } = useProgress()
  const [dragged, setDragged] = useState<number | null>(null)
  const length = usePresent()?.track.duration_ms ?? 0
  const shown = Math.min(dragged ?? positionMs, length)
  return (
    <div className={styles.bar}>
      <span className={styles.time} data-testid="position">
        {clock(shown)}
      </span>
      <Slider
        label={words.seek}
        value={Math.min(positionMs, length)}
        max={length}
        buffered={bufferedMs}
        text={words.position(clock(shown), clock(length))}
        step={STEP_MS}
        page={PAGE_MS}
        disabled={length === 0}
        hint={clock}
        onDrag={setDragged}
        onChange={seekTo}
      />
      <span className={styles.time}>{clock(length)}</span>
    </div>
  )
}

import { RadioTower, Square } from "lucide-react"
import { useEffect } from "react"

import styles from "@/player/radio/OnAir.module.css"
import { stopRadio, useRadio } from "@/player/radio/radio"
import { cx } from "@/shared/format/classes"
import { Button } from "@/shared/ui/Button"
import { useWords } from "@/shared/words/words"

/** Says which station is on, while one is. */
export function OnAir() {
  const words = useWords().radio
  const { station, tuning } = useRadio()
  // Whoever leaves the house takes the music along.
  useEffect(() => stopRadio, [])
  if (!station) return null
  return (
    <section className={styles.air} aria-label={words.title}>
      <span className={cx(styles.tower, tuning && styles.tuning)}>
        <RadioTower size={20} />
      </span>
      <div className={styles.words}>
        <div className={cx(styles.name, "ellipsis")} data-testid="station">
          {station.name}
        </div>
        <div className={styles.text} role="status">
          {tuning ? words.tuning : words.live}
        </div>
      </div>
      <Button icon={<Square size={14} fill="currentColor" />} onClick={stopRadio}>
        {words.stopIt}
      </Button>
    </section>
  )
}

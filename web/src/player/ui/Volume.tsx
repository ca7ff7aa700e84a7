import { Volume1, Volume2, VolumeX } from "lucide-react"

import { setVolume, toggleMute } from "@/player/engine/controls"
import { useShownVolume } from "@/player/remote/useShownVolume"
import { Slider } from "@/player/ui/Slider"
import styles from "@/player/ui/Volume.module.css"
import { IconButton } from "@/shared/ui/Button"
import { useWords } from "@/shared/words/words"

export function Volume() {
  const words = useWords().player
  const { volume, muted } = useShownVolume()
  const shown = muted ? 0 : volume
  const Icon = shown === 0 ? VolumeX : shown < 0.5 ? Volume1 : Volume2
  const percent = Math.round(shown * 100)
  return (
    <div className={styles.volume}>
      <IconButton size="s" label={muted ? words.unmute : words.mute} on={muted} onClick={toggleMute}>
        <Icon size={19} />
      </IconButton>
      <Slider
        label={words.volume}
        value={percent}
        max={100}
        text={`${percent} %`}
        step={5}
        page={20}
        onDrag={(to) => {
          if (to !== null) setVolume(to / 100)
        }}
        onChange={(to) => {
          setVolume(to / 100)
        }}
      />
    </div>
  )
}

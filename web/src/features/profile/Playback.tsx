import styles from "@/features/profile/Profile.module.css"
import type { Quality } from "@/player/engine/formats"
import type { GainMode } from "@/player/engine/loudness"
import { usePlayerSettings } from "@/player/engine/store"
import { SelectField } from "@/shared/ui/Field"
import { FieldRow } from "@/shared/ui/Form"
import { useWords } from "@/shared/words/words"

const PREAMPS_DB = [-6, -3, 0, 3, 6]

/** How music sounds in this browser. */
export function Playback() {
  const words = useWords().player.settings
  const { quality, gain, preampDb } = usePlayerSettings()
  return (
    <div className={styles.card}>
      <FieldRow>
        <SelectField
          label={words.quality}
          value={quality}
          onChange={(event) => {
            usePlayerSettings.setState({ quality: event.target.value as Quality })
          }}
        >
          {(["original", "high", "saver"] as const).map((one) => (
            <option key={one} value={one}>
              {words.qualities[one]}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={words.gain}
          value={gain}
          onChange={(event) => {
            usePlayerSettings.setState({ gain: event.target.value as GainMode })
          }}
        >
          {(["album", "track", "off"] as const).map((one) => (
            <option key={one} value={one}>
              {words.gains[one]}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={words.preamp}
          value={preampDb}
          disabled={gain === "off"}
          onChange={(event) => {
            usePlayerSettings.setState({ preampDb: Number(event.target.value) })
          }}
        >
          {PREAMPS_DB.map((db) => (
            <option key={db} value={db}>
              {db > 0 ? `+${db}` : db} dB
            </option>
          ))}
        </SelectField>
      </FieldRow>
    </div>
  )
}

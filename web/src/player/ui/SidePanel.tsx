import { X } from "lucide-react"

import { usePlayerView } from "@/player/engine/store"
import { LyricsPanel } from "@/player/panels/LyricsPanel"
import { QueuePanel } from "@/player/panels/QueuePanel"
import styles from "@/player/ui/SidePanel.module.css"
import { IconButton } from "@/shared/ui/Button"
import { useWords } from "@/shared/words/words"

/** The queue or the lyrics beside the page. */
export function SidePanel() {
  const words = useWords()
  const { panel, full } = usePlayerView()
  if (panel === null || full) return null
  return (
    <aside className={styles.side}>
      <IconButton
        size="s"
        className={styles.close}
        label={words.close}
        onClick={() => {
          usePlayerView.setState({ panel: null })
        }}
      >
        <X size={18} />
      </IconButton>
      {panel === "queue" ? <QueuePanel /> : <LyricsPanel />}
    </aside>
  )
}

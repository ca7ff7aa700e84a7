import { FileDown } from "lucide-react"

import styles from "@/features/playlists/Playlists.module.css"
import { fileUrl, FORMATS, type Playlist } from "@/shared/api/playlists"
import { Dialog } from "@/shared/ui/Dialog"
import { useWords } from "@/shared/words/words"

interface ExportDialogProps {
  /** What the playlist was opened by: its id or its link. */
  place: string
  playlist: Playlist
  onClose: () => void
}

/** Gives a playlist away as a file, of a kind to be chosen. */
export function ExportDialog({ place, playlist, onClose }: ExportDialogProps) {
  const words = useWords().collection
  return (
    <Dialog title={words.export} onClose={onClose}>
      <p className={styles.soft}>{words.exportText}</p>
      <ul className={styles.choices} aria-label={playlist.name}>
        {FORMATS.map((format) => (
          <li key={format}>
            <a href={fileUrl(place, format)} download className={styles.choice} onClick={onClose}>
              <FileDown size={20} />
              <span className={styles.name}>{words.formats[format]}</span>
            </a>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

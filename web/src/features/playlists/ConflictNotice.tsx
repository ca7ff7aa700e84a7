import { namesIn } from "@/features/playlists/conflict"
import styles from "@/features/playlists/Details.module.css"
import type { PlaylistVersion } from "@/shared/api/playlists"
import { Button } from "@/shared/ui/Button"
import { useWords } from "@/shared/words/words"

interface ConflictNoticeProps {
  changes: readonly PlaylistVersion[]
  onMine: () => void
  onTheirs: () => void
}

/** Tells that others changed the same meanwhile, and asks what is to stay. */
export function ConflictNotice({ changes, onMine, onTheirs }: ConflictNoticeProps) {
  const words = useWords().collection
  return (
    <div className={styles.conflict} role="alert">
      <strong>{words.conflictTitle}</strong>
      <p>{words.conflictBy(namesIn(changes, words.somebody))}</p>
      <div className={styles.choices}>
        <Button onClick={onMine}>{words.keepMine}</Button>
        <Button onClick={onTheirs}>{words.takeTheirs}</Button>
      </div>
    </div>
  )
}

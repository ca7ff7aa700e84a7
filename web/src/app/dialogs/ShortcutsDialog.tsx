import styles from "@/app/dialogs/ShortcutsDialog.module.css"
import { Dialog } from "@/shared/ui/Dialog"
import { useWords } from "@/shared/words/words"

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const words = useWords().shortcuts
  const rows: [string[], string][] = [
    [[words.keys.space], words.play],
    [["←", "→"], words.seek],
    [["↑", "↓"], words.volume],
    [["N"], words.next],
    [["P"], words.previous],
    [["M"], words.mute],
    [["S"], words.shuffle],
    [["R"], words.repeat],
    [["Q"], words.queue],
    [["L"], words.lyrics],
    [["/"], words.search],
    [["?"], words.help],
  ]
  return (
    <Dialog title={words.title} onClose={onClose}>
      <dl className={styles.keys}>
        {rows.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

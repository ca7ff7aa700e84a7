import { useQuery } from "@tanstack/react-query"
import { Check, Folder, FolderMinus } from "lucide-react"
import type { ReactNode } from "react"

import { nested } from "@/features/playlists/folders"
import styles from "@/features/playlists/Playlists.module.css"
import { foldersQuery } from "@/shared/api/playlists"
import { Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

const INDENT_PX = 22

interface FolderChoicesProps {
  /** The folder it stands in now; null: in none. */
  present: string | null
  /** Folders that cannot be chosen. */
  without?: ReadonlySet<string>
  onChoose: (id: string | null, name: string) => void
}

interface ChoiceProps {
  icon: ReactNode
  name: string
  depth: number
  present: boolean
  onChoose: () => void
}

function Choice({ icon, name, depth, present, onChoose }: ChoiceProps) {
  return (
    <li style={{ paddingInlineStart: depth * INDENT_PX }}>
      <button
        type="button"
        className={styles.choice}
        aria-current={present || undefined}
        disabled={present}
        onClick={onChoose}
      >
        {icon}
        <span className={styles.name}>{name}</span>
        {present && <Check size={18} />}
      </button>
    </li>
  )
}

/** One's folders as a tree, to choose one of. */
export function FolderChoices({ present, without, onChoose }: FolderChoicesProps) {
  const words = useWords().collection
  const query = useQuery(foldersQuery)
  return (
    <Shown query={query}>
      {(folders) => (
        <ul className={styles.choices} aria-label={words.moveTo}>
          <Choice
            icon={<FolderMinus size={20} />}
            name={words.noFolder}
            depth={0}
            present={present === null}
            onChoose={() => {
              onChoose(null, "")
            }}
          />
          {nested(folders)
            .filter(({ folder }) => !without?.has(folder.id))
            .map(({ folder: { id, name }, depth }) => (
              <Choice
                key={id}
                icon={<Folder size={20} />}
                name={name}
                depth={depth}
                present={present === id}
                onChoose={() => {
                  onChoose(id, name)
                }}
              />
            ))}
        </ul>
      )}
    </Shown>
  )
}

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { FolderInput, Pencil, Trash2 } from "lucide-react"
import { useState } from "react"
import { useNavigate, useSearchParams } from "react-router"

import { FolderChoices } from "@/features/playlists/FolderChoices"
import { below } from "@/features/playlists/folders"
import { NameDialog } from "@/features/playlists/NameDialog"
import { changeFolder, deleteFolder, foldersQuery, type PlaylistFolder } from "@/shared/api/playlists"
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog"
import { Dialog } from "@/shared/ui/Dialog"
import { Menu } from "@/shared/ui/Menu"
import { toastProblem } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

type Asking = "rename" | "move" | "delete"

const ICON = 18

interface FolderMenuProps {
  folder: PlaylistFolder
  size?: "s" | "m"
}

/** What can be done with a folder of playlists. */
export function FolderMenu({ folder, size = "s" }: FolderMenuProps) {
  const words = useWords()
  const { collection } = words
  const client = useQueryClient()
  const navigate = useNavigate()
  const open = useSearchParams()[0].get("folder")
  const folders = useQuery(foldersQuery).data ?? []
  const [asking, setAsking] = useState<Asking | null>(null)
  const { id, name, parent_id: parent } = folder
  const ask = (what: Asking | null) => () => {
    setAsking(what)
  }
  const refresh = () => client.invalidateQueries({ queryKey: ["playlists"] })
  const change = async (wanted: { name?: string; parent_id?: string | null }) => {
    await changeFolder(id, wanted)
    await refresh()
  }
  return (
    <>
      <Menu
        size={size}
        label={words.player.actionsFor(name)}
        items={() => [
          { label: collection.renameFolder, icon: <Pencil size={ICON} />, onSelect: ask("rename") },
          { label: collection.moveTo, icon: <FolderInput size={ICON} />, onSelect: ask("move") },
          {
            label: collection.deleteFolder,
            icon: <Trash2 size={ICON} />,
            danger: true,
            apart: true,
            onSelect: ask("delete"),
          },
        ]}
      />
      {asking === "rename" && (
        <NameDialog
          title={collection.renameFolder}
          label={collection.folderName}
          action={words.save}
          name={name}
          onName={(typed) => change({ name: typed })}
          onClose={ask(null)}
        />
      )}
      {asking === "move" && (
        <Dialog title={collection.moveTo} onClose={ask(null)}>
          <FolderChoices
            present={parent}
            without={below(folders, id)}
            onChoose={(to) => {
              setAsking(null)
              change({ parent_id: to }).catch(toastProblem)
            }}
          />
        </Dialog>
      )}
      {asking === "delete" && (
        <ConfirmDialog
          question={collection.deleteFolderQuestion(name)}
          text={collection.deleteFolderText}
          action={collection.deleteFolder}
          onConfirm={async () => {
            await deleteFolder(id)
            if (open === id) await navigate(parent ? `/playlists?folder=${parent}` : "/playlists")
            await refresh()
          }}
          onClose={ask(null)}
        />
      )}
    </>
  )
}

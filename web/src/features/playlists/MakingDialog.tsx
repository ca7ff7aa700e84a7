import { useQueryClient } from "@tanstack/react-query"
import { useNavigate } from "react-router"

import { ImportDialog } from "@/features/playlists/ImportDialog"
import { NameDialog } from "@/features/playlists/NameDialog"
import { createFolder, createPlaylist } from "@/shared/api/playlists"
import { useWords } from "@/shared/words/words"

export type Making = "playlist" | "folder" | "import"

interface MakingDialogProps {
  what: Making
  /** The folder in which it is made. */
  folderId: string | null
  onClose: () => void
}

/** Makes a playlist or a folder, of nothing or of a file. */
export function MakingDialog({ what, folderId, onClose }: MakingDialogProps) {
  const words = useWords().collection
  const client = useQueryClient()
  const navigate = useNavigate()
  if (what === "import") return <ImportDialog folderId={folderId} onClose={onClose} />
  const make = async (name: string) => {
    if (what === "folder") {
      await createFolder(name, folderId)
      await client.invalidateQueries({ queryKey: ["playlists"] })
      return
    }
    const { id } = await createPlaylist({ name, folder_id: folderId })
    await client.invalidateQueries({ queryKey: ["playlists"] })
    await navigate(`/playlists/${id}`)
  }
  const folder = what === "folder"
  return (
    <NameDialog
      title={folder ? words.newFolder : words.newPlaylist}
      label={folder ? words.folderName : words.name}
      action={words.create}
      onName={make}
      onClose={onClose}
    />
  )
}

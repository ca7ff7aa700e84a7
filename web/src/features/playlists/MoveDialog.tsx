import { useQueryClient } from "@tanstack/react-query"
import { FolderPlus } from "lucide-react"
import { useState } from "react"

import { FolderChoices } from "@/features/playlists/FolderChoices"
import { NameDialog } from "@/features/playlists/NameDialog"
import { createFolder, filePlaylist, type Playlist } from "@/shared/api/playlists"
import { Button } from "@/shared/ui/Button"
import { Dialog } from "@/shared/ui/Dialog"
import { toast, toastProblem } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

/** Asks into which of one's folders a playlist is to go. */
export function MoveDialog({ playlist, onClose }: { playlist: Playlist; onClose: () => void }) {
  const words = useWords().collection
  const client = useQueryClient()
  const [making, setMaking] = useState(false)
  const file = async (id: string | null, name: string) => {
    await filePlaylist(playlist.id, id)
    toast(id === null ? words.movedOut : words.moved(name))
    await client.invalidateQueries({ queryKey: ["playlists"] })
  }
  if (making) {
    return (
      <NameDialog
        title={words.newFolder}
        label={words.folderName}
        action={words.create}
        onName={async (name) => {
          const { id } = await createFolder(name, null)
          await file(id, name)
        }}
        onClose={onClose}
      />
    )
  }
  return (
    <Dialog title={words.moveTo} onClose={onClose}>
      <FolderChoices
        present={playlist.folder_id}
        onChoose={(id, name) => {
          onClose()
          file(id, name).catch(toastProblem)
        }}
      />
      <Button
        icon={<FolderPlus size={18} />}
        onClick={() => {
          setMaking(true)
        }}
      >
        {words.newFolder}
      </Button>
    </Dialog>
  )
}

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { ListMusic, Plus } from "lucide-react"
import { useState } from "react"

import { NameDialog } from "@/features/playlists/NameDialog"
import styles from "@/features/playlists/Playlists.module.css"
import { addToPlaylist, createPlaylist, playlistsQuery } from "@/shared/api/playlists"
import type { Track } from "@/shared/api/types"
import { Button } from "@/shared/ui/Button"
import { Dialog } from "@/shared/ui/Dialog"
import { Shown } from "@/shared/ui/States"
import { toast, toastProblem } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

/** Puts tracks into a playlist, an old one or a new one. */
export function AddToPlaylistDialog({ tracks, onClose }: { tracks: Track[]; onClose: () => void }) {
  const words = useWords()
  const { collection } = words
  const client = useQueryClient()
  const query = useQuery(playlistsQuery)
  const [making, setMaking] = useState(false)
  const ids = tracks.map(({ id }) => id)

  const added = async (name: string) => {
    toast(collection.added(name))
    await client.invalidateQueries({ queryKey: ["playlists"] })
  }
  const add = async (id: string, name: string) => {
    try {
      await addToPlaylist(id, ids)
      onClose()
      await added(name)
    } catch (error) {
      toastProblem(error)
    }
  }
  if (making) {
    return (
      <NameDialog
        title={collection.newPlaylist}
        action={collection.create}
        onName={async (name) => {
          await createPlaylist(name, ids)
          await added(name)
        }}
        onClose={onClose}
      />
    )
  }
  return (
    <Dialog title={collection.addTo} onClose={onClose}>
      <Button
        icon={<Plus size={18} />}
        onClick={() => {
          setMaking(true)
        }}
      >
        {collection.newPlaylist}
      </Button>
      <Shown query={query}>
        {(playlists) => (
          <ul className={styles.choices} aria-label={collection.playlists}>
            {playlists.map(({ id, name, entry_count: count }) => (
              <li key={id}>
                <button type="button" className={styles.choice} onClick={() => void add(id, name)}>
                  <ListMusic size={20} />
                  <span className={styles.name}>{name}</span>
                  <small>{words.counts.tracks(count)}</small>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </Dialog>
  )
}

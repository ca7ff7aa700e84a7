import { useQuery, useQueryClient } from "@tanstack/react-query"
import { Plus } from "lucide-react"
import { useState } from "react"

import { NameDialog } from "@/features/playlists/NameDialog"
import styles from "@/features/playlists/Playlists.module.css"
import { RepeatsDialog } from "@/features/playlists/RepeatsDialog"
import {
  addToPlaylist,
  createPlaylist,
  nameOf,
  playlistCover,
  playlistsQuery,
  type Repeats,
} from "@/shared/api/playlists"
import { asProblem } from "@/shared/api/problem"
import type { Track } from "@/shared/api/types"
import { useMe } from "@/shared/session/house"
import { Button } from "@/shared/ui/Button"
import { Cover } from "@/shared/ui/Cover"
import { Dialog } from "@/shared/ui/Dialog"
import { Shown } from "@/shared/ui/States"
import { toast, toastProblem } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

const FEW = 8

interface ChoicesProps {
  filter: string
  onChoose: (id: string, name: string) => void
}

/** The playlists that tracks can be put into: those that rules fill are not among them. */
function Choices({ filter, onChoose }: ChoicesProps) {
  const words = useWords()
  const { user } = useMe()
  const query = useQuery(playlistsQuery)
  return (
    <Shown query={query}>
      {(all) => (
        <ul className={styles.choices} aria-label={words.collection.playlists}>
          {all
            .filter((one) => one.may_edit && !one.smart && one.name.toLowerCase().includes(filter))
            .map((playlist) => (
              <li key={playlist.id}>
                <button
                  type="button"
                  className={styles.choice}
                  onClick={() => {
                    onChoose(playlist.id, playlist.name)
                  }}
                >
                  <Cover
                    kind="playlists"
                    id={playlist.id}
                    cover={playlistCover(playlist)}
                    size={96}
                    className={styles.thumb}
                  />
                  <span className={styles.name}>{playlist.name}</span>
                  <small>
                    {playlist.owner.id === user.id
                      ? words.counts.tracks(playlist.entry_count ?? 0)
                      : words.collection.by(nameOf(playlist.owner))}
                  </small>
                </button>
              </li>
            ))}
        </ul>
      )}
    </Shown>
  )
}

/** A playlist that has some of the tracks already. */
interface Having {
  id: string
  name: string
  there: number
}

/** Puts tracks into a playlist, an old one or a new one; asks before one is in it twice. */
export function AddToPlaylistDialog({ tracks, onClose }: { tracks: Track[]; onClose: () => void }) {
  const { collection } = useWords()
  const client = useQueryClient()
  const many = (useQuery(playlistsQuery).data?.length ?? 0) > FEW
  const [typed, setTyped] = useState("")
  const [making, setMaking] = useState(false)
  const [having, setHaving] = useState<Having | null>(null)
  const ids = tracks.map(({ id }) => id)

  const added = async (name: string) => {
    toast(collection.added(name))
    await client.invalidateQueries({ queryKey: ["playlists"] })
  }
  const add = async (id: string, name: string, repeats: Repeats) => {
    try {
      await addToPlaylist(id, ids, repeats)
      onClose()
      await added(name)
    } catch (error) {
      const { code, count = 0 } = asProblem(error)
      if (code === "already_in_playlist") setHaving({ id, name, there: count })
      else toastProblem(error)
    }
  }
  if (having) {
    return (
      <RepeatsDialog
        name={having.name}
        there={having.there}
        of={new Set(ids).size}
        onAdd={(repeats) => add(having.id, having.name, repeats)}
        onClose={onClose}
      />
    )
  }
  if (making) {
    return (
      <NameDialog
        title={collection.newPlaylist}
        action={collection.create}
        onName={async (name) => {
          await createPlaylist({ name, track_ids: ids })
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
      {many && (
        <input
          type="search"
          className={styles.filter}
          value={typed}
          placeholder={collection.filter}
          aria-label={collection.filter}
          onChange={(event) => {
            setTyped(event.target.value)
          }}
        />
      )}
      <Choices filter={typed.trim().toLowerCase()} onChoose={(id, name) => void add(id, name, "refuse")} />
    </Dialog>
  )
}

import { useQuery, useQueryClient } from "@tanstack/react-query"
import {
  ArrowDown,
  ArrowDownToLine,
  ArrowUp,
  ArrowUpToLine,
  ListX,
  Pencil,
  Play,
  Shuffle,
  Trash2,
} from "lucide-react"
import { useState } from "react"
import { useNavigate, useParams } from "react-router"

import { NameDialog } from "@/features/playlists/NameDialog"
import { movedBefore, targetOf, type Step } from "@/features/playlists/order"
import { playTracks } from "@/player/engine/controls"
import { TrackTable } from "@/player/tracks/TrackTable"
import {
  deletePlaylist,
  entriesQuery,
  moveEntry,
  playlistQuery,
  removeEntry,
  renamePlaylist,
  type Playlist,
  type PlaylistEntry,
} from "@/shared/api/playlists"
import { rowsOf } from "@/shared/api/useListing"
import { Button } from "@/shared/ui/Button"
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog"
import { Menu, type MenuItem } from "@/shared/ui/Menu"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { toast, toastProblem } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

const ICON = 18
const STEPS: [Step, "moveUp" | "moveDown" | "moveFirst" | "moveLast", typeof ArrowUp][] = [
  ["up", "moveUp", ArrowUp],
  ["down", "moveDown", ArrowDown],
  ["first", "moveFirst", ArrowUpToLine],
  ["last", "moveLast", ArrowDownToLine],
]

/** What can be done with the entries of a playlist; it shows at once. */
function useEntryMenu(id: string, entries: readonly PlaylistEntry[]): (entry: PlaylistEntry) => MenuItem[] {
  const words = useWords().collection
  const client = useQueryClient()
  const change = async (now: PlaylistEntry[], work: Promise<void>) => {
    client.setQueryData(entriesQuery(id).queryKey, now)
    try {
      await work
    } catch (error) {
      toastProblem(error)
    }
    await client.invalidateQueries({ queryKey: ["playlists"] })
  }
  return (entry) => {
    const place = entries.findIndex((one) => one.id === entry.id)
    const moves = STEPS.flatMap(([step, name, Icon]): MenuItem[] => {
      const before = targetOf(entries, place, step)
      if (before === undefined) return []
      const onSelect = () => {
        void change(movedBefore(entries, entry.id, before), moveEntry(id, entry.id, before))
      }
      return [{ label: words[name], icon: <Icon size={ICON} />, onSelect }]
    })
    const remove: MenuItem = {
      label: words.removeEntry,
      icon: <ListX size={ICON} />,
      onSelect: () => {
        void change(
          entries.filter((one) => one.id !== entry.id),
          removeEntry(id, entry.id),
        )
      },
    }
    return [...moves, remove].map((item, index) => ({ ...item, apart: index === 0 }))
  }
}

function Entries({ playlist, entries }: { playlist: Playlist; entries: readonly PlaylistEntry[] }) {
  const words = useWords().collection
  const menu = useEntryMenu(playlist.id, entries)
  const heard = entries.filter((entry) => entry.track !== null)
  const tracks = heard.flatMap(({ track }) => track ?? [])
  const hidden = entries.length - heard.length
  if (entries.length === 0) return <Empty title={words.empty} text={words.emptyText} />
  return (
    <>
      <TrackTable
        rows={rowsOf(tracks)}
        look="list"
        label={playlist.name}
        more={(index) => {
          const entry = heard[index]
          return entry ? menu(entry) : []
        }}
        onPlay={(at) => {
          playTracks(tracks, { at })
        }}
      />
      {hidden > 0 && <p>{words.hidden(hidden)}</p>}
    </>
  )
}

type Asking = "rename" | "delete" | null

function PlaylistView({ playlist }: { playlist: Playlist }) {
  const words = useWords()
  const { collection } = words
  const client = useQueryClient()
  const navigate = useNavigate()
  const query = useQuery(entriesQuery(playlist.id))
  const [asking, setAsking] = useState<Asking>(null)
  const tracks = (query.data ?? []).flatMap(({ track }) => track ?? [])
  const close = () => {
    setAsking(null)
  }
  const actions: MenuItem[] = [
    {
      label: collection.rename,
      icon: <Pencil size={ICON} />,
      onSelect: () => {
        setAsking("rename")
      },
    },
    {
      label: collection.delete,
      icon: <Trash2 size={ICON} />,
      danger: true,
      onSelect: () => {
        setAsking("delete")
      },
    },
  ]
  return (
    <Page
      title={playlist.name}
      actions={
        <>
          <Button
            look="primary"
            icon={<Play size={ICON} fill="currentColor" />}
            disabled={tracks.length === 0}
            onClick={() => {
              playTracks(tracks)
            }}
          >
            {words.catalogue.play}
          </Button>
          <Button
            icon={<Shuffle size={ICON} />}
            disabled={tracks.length === 0}
            onClick={() => {
              playTracks(tracks, { shuffle: true })
            }}
          >
            {words.catalogue.shuffle}
          </Button>
          <Menu label={words.player.actionsFor(playlist.name)} items={() => actions} />
        </>
      }
    >
      <Shown query={query}>{(entries) => <Entries playlist={playlist} entries={entries} />}</Shown>
      {asking === "rename" && (
        <NameDialog
          title={collection.rename}
          action={words.save}
          name={playlist.name}
          onName={async (name) => {
            await renamePlaylist(playlist.id, name)
            await client.invalidateQueries({ queryKey: ["playlists"] })
          }}
          onClose={close}
        />
      )}
      {asking === "delete" && (
        <ConfirmDialog
          question={collection.deleteQuestion(playlist.name)}
          text={collection.deleteText}
          action={collection.delete}
          onConfirm={async () => {
            await deletePlaylist(playlist.id)
            toast(collection.deleted)
            await navigate("/playlists", { replace: true })
            client.removeQueries({ queryKey: playlistQuery(playlist.id).queryKey })
            await client.invalidateQueries({ queryKey: ["playlists", "all"] })
          }}
          onClose={close}
        />
      )}
    </Page>
  )
}

/** The tracks of a playlist, in its order. */
export default function PlaylistPage() {
  const { id = "" } = useParams()
  const query = useQuery(playlistQuery(id))
  return <Shown query={query}>{(playlist) => <PlaylistView key={id} playlist={playlist} />}</Shown>
}

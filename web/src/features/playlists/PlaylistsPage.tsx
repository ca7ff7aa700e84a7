import { useQuery } from "@tanstack/react-query"
import { ChevronRight, FileUp, Folder, FolderPlus, ListMusic, Plus, Sparkles } from "lucide-react"
import { useState } from "react"
import { Link, useNavigate, useSearchParams } from "react-router"

import { FolderMenu } from "@/features/playlists/FolderMenu"
import { pathTo } from "@/features/playlists/folders"
import { PlaylistGrid } from "@/features/playlists/PlaylistGrid"
import styles from "@/features/playlists/Playlists.module.css"
import { MakingDialog, type Making } from "@/features/playlists/MakingDialog"
import {
  foldersQuery,
  housePlaylistsQuery,
  playlistsQuery,
  type Playlist,
  type PlaylistFolder,
} from "@/shared/api/playlists"
import { Button } from "@/shared/ui/Button"
import { Menu } from "@/shared/ui/Menu"
import { Page, Section } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

const ICON = 18
const FEW = 8

/** The way from the top down to a folder. */
function Path({ folders }: { folders: readonly PlaylistFolder[] }) {
  const words = useWords()
  if (folders.length === 0) return null
  return (
    <nav aria-label={words.collection.folder}>
      <ol className={styles.path}>
        <li>
          <Link to="/playlists">{words.collection.playlists}</Link>
        </li>
        {folders.map(({ id, name }, index) => (
          <li key={id} aria-current={index === folders.length - 1 ? "page" : undefined}>
            <ChevronRight size={15} />
            {index < folders.length - 1 ? <Link to={`/playlists?folder=${id}`}>{name}</Link> : name}
          </li>
        ))}
      </ol>
    </nav>
  )
}

function FolderList({ folders }: { folders: readonly PlaylistFolder[] }) {
  const words = useWords().collection
  if (folders.length === 0) return null
  return (
    <ul className={styles.folders} aria-label={words.folder}>
      {folders.map((folder) => (
        <li key={folder.id} className={styles.folder}>
          <Link to={`/playlists?folder=${folder.id}`}>
            <Folder size={22} fill="currentColor" fillOpacity={0.2} />
            <span className="ellipsis">{folder.name}</span>
          </Link>
          <FolderMenu folder={folder} />
        </li>
      ))}
    </ul>
  )
}

interface ShelfProps {
  here: string | null
  mine: readonly Playlist[]
  folders: readonly PlaylistFolder[]
  filter: string
}

function Mine({ here, mine, folders, filter }: ShelfProps) {
  const words = useWords().collection
  const inside = folders.filter(({ parent_id: parent }) => parent === here)
  // Who filters looks through all folders.
  const listed = filter
    ? mine.filter(({ name }) => name.toLowerCase().includes(filter))
    : mine.filter(({ folder_id: folder }) => folder === here)
  if (filter && listed.length === 0) return <Empty title={words.filterNothing} />
  return (
    <>
      {!filter && <FolderList folders={inside} />}
      {listed.length > 0 && <PlaylistGrid label={words.mine} playlists={listed} />}
      {listed.length + inside.length === 0 && (
        <Empty
          icon={<ListMusic size={30} />}
          title={here ? words.folderEmpty : words.noPlaylists}
          text={here ? words.folderEmptyText : words.noPlaylistsText}
        />
      )}
    </>
  )
}

function OfHouse({ filter }: { filter: string }) {
  const words = useWords().collection
  const playlists = useQuery(housePlaylistsQuery).data ?? []
  const listed = playlists.filter(({ name }) => name.toLowerCase().includes(filter))
  if (listed.length === 0) return null
  return (
    <Section title={words.ofHouse}>
      <PlaylistGrid label={words.ofHouse} playlists={listed} />
    </Section>
  )
}

function Actions({ folder, onMake }: { folder: PlaylistFolder | undefined; onMake: (what: Making) => void }) {
  const words = useWords()
  const { collection } = words
  const navigate = useNavigate()
  const smart = `/playlists/smart${folder ? `?folder=${folder.id}` : ""}`
  return (
    <>
      <Button
        look="primary"
        icon={<Plus size={ICON} />}
        onClick={() => {
          onMake("playlist")
        }}
      >
        {collection.newPlaylist}
      </Button>
      <Button className={styles.roomy} icon={<Sparkles size={ICON} />} onClick={() => void navigate(smart)}>
        {collection.smart}
      </Button>
      {folder && <FolderMenu folder={folder} size="m" />}
      <Menu
        label={words.list.add}
        icon={<Plus size={20} />}
        items={() => [
          { label: collection.newSmart, icon: <Sparkles size={ICON} />, to: smart },
          {
            label: collection.newFolder,
            icon: <FolderPlus size={ICON} />,
            onSelect: () => {
              onMake("folder")
            },
          },
          {
            label: collection.import,
            icon: <FileUp size={ICON} />,
            onSelect: () => {
              onMake("import")
            },
          },
        ]}
      />
    </>
  )
}

interface FilterProps {
  among: readonly Playlist[]
  typed: string
  onType: (typed: string) => void
}

/** Looks for a name among many playlists. */
function Filter({ among, typed, onType }: FilterProps) {
  const words = useWords().collection
  if (among.length <= FEW) return null
  return (
    <input
      type="search"
      className={styles.filter}
      value={typed}
      placeholder={words.filter}
      aria-label={words.filter}
      onChange={(event) => {
        onType(event.target.value)
      }}
    />
  )
}

/** One's playlists in their folders, and those of the house. */
export default function PlaylistsPage() {
  const words = useWords().collection
  const [parameters] = useSearchParams()
  const here = parameters.get("folder")
  const query = useQuery(playlistsQuery)
  const folders = useQuery(foldersQuery).data ?? []
  const [typed, setTyped] = useState("")
  const [making, setMaking] = useState<Making | null>(null)
  const path = pathTo(folders, here)
  const folder = path.at(-1)
  const folderId = folder?.id ?? null
  const filter = typed.trim().toLowerCase()
  return (
    <Page title={folder?.name ?? words.playlists} actions={<Actions folder={folder} onMake={setMaking} />}>
      <Path folders={path} />
      <Filter among={query.data ?? []} typed={typed} onType={setTyped} />
      <Shown query={query}>
        {(mine) => <Mine here={folderId} mine={mine} folders={folders} filter={filter} />}
      </Shown>
      {!folder && <OfHouse filter={filter} />}
      {making && (
        <MakingDialog
          what={making}
          folderId={folderId}
          onClose={() => {
            setMaking(null)
          }}
        />
      )}
    </Page>
  )
}

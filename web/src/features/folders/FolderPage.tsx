import { useQuery } from "@tanstack/react-query"
import { ChevronRight, FolderOpen, Play } from "lucide-react"
import { Link, useParams } from "react-router"

import { FolderList } from "@/features/folders/FolderList"
import styles from "@/features/folders/Folders.module.css"
import { playListing } from "@/player/engine/playListing"
import { TrackTable } from "@/player/tracks/TrackTable"
import { folderQuery, trackSource } from "@/shared/api/catalogue"
import type { Folder } from "@/shared/api/types"
import { useListing } from "@/shared/api/useListing"
import { Button } from "@/shared/ui/Button"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

function Path({ ancestors }: { ancestors: readonly Folder[] }) {
  const words = useWords()
  return (
    <nav aria-label={words.catalogue.path}>
      <ol className={styles.path}>
        <li>
          <Link to="/folders">{words.nav.folders}</Link>
        </li>
        {ancestors.map((folder) => (
          <li key={folder.id}>
            <ChevronRight size={16} aria-hidden="true" />
            <Link to={`/folders/${folder.id}`}>{folder.name}</Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}

interface FolderViewProps {
  folder: Folder
  ancestors: Folder[]
  folders: Folder[]
}

function FolderView({ folder, ancestors, folders }: FolderViewProps) {
  const words = useWords()
  const filters = { sort: "album" as const, folder_id: folder.id }
  const listing = useListing(trackSource(filters))
  return (
    <Page
      title={folder.name}
      tools={<Path ancestors={ancestors} />}
      actions={
        listing.count > 0 && (
          <Button
            look="primary"
            icon={<Play size={18} fill="currentColor" />}
            onClick={() => {
              playListing(listing, filters)
            }}
          >
            {words.catalogue.play}
          </Button>
        )
      }
    >
      {folders.length > 0 && <FolderList folders={folders} label={words.nav.folders} />}
      <Shown query={listing.asked}>
        {() => {
          if (listing.count === 0 && folders.length > 0) return null
          if (listing.count === 0)
            return <Empty icon={<FolderOpen size={30} />} title={words.catalogue.nothing} />
          return (
            <TrackTable
              rows={listing}
              look="list"
              label={words.catalogue.trackList}
              onPlay={(at) => {
                playListing(listing, filters, at)
              }}
            />
          )
        }}
      </Shown>
    </Page>
  )
}

export default function FolderPage() {
  const { id = "" } = useParams()
  const query = useQuery(folderQuery(id))
  return <Shown query={query}>{(page) => <FolderView key={id} {...page} />}</Shown>
}

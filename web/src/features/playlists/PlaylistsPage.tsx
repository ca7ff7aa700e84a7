import { useQuery, useQueryClient } from "@tanstack/react-query"
import { ListMusic, Plus } from "lucide-react"
import { useState } from "react"
import { Link, useNavigate } from "react-router"

import { NameDialog } from "@/features/playlists/NameDialog"
import { createPlaylist, playlistsQuery } from "@/shared/api/playlists"
import { ago } from "@/shared/format/time"
import { Button } from "@/shared/ui/Button"
import { List, ListItem } from "@/shared/ui/List"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { useLocale, useWords } from "@/shared/words/words"

/** One's playlists. */
export default function PlaylistsPage() {
  const words = useWords()
  const { collection } = words
  const locale = useLocale()
  const client = useQueryClient()
  const navigate = useNavigate()
  const query = useQuery(playlistsQuery)
  const [making, setMaking] = useState(false)
  const create = async (name: string) => {
    const { id } = await createPlaylist(name, [])
    await client.invalidateQueries({ queryKey: ["playlists"] })
    await navigate(`/playlists/${id}`)
  }
  return (
    <Page
      title={collection.playlists}
      narrow
      actions={
        <Button
          look="primary"
          icon={<Plus size={18} />}
          onClick={() => {
            setMaking(true)
          }}
        >
          {collection.newPlaylist}
        </Button>
      }
    >
      <Shown query={query}>
        {(playlists) =>
          playlists.length > 0 ? (
            <List label={collection.playlists}>
              {playlists.map(({ id, name, entry_count: count, changed_at: changed }) => (
                <ListItem
                  key={id}
                  lead={<ListMusic size={22} />}
                  title={<Link to={`/playlists/${id}`}>{name}</Link>}
                  text={`${words.counts.tracks(count)} · ${collection.changed(ago(changed, locale))}`}
                />
              ))}
            </List>
          ) : (
            <Empty
              icon={<ListMusic size={30} />}
              title={collection.noPlaylists}
              text={collection.noPlaylistsText}
            />
          )
        }
      </Shown>
      {making && (
        <NameDialog
          title={collection.newPlaylist}
          action={collection.create}
          onName={create}
          onClose={() => {
            setMaking(false)
          }}
        />
      )}
    </Page>
  )
}

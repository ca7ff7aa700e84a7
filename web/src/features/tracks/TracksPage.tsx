import { Music2, Play, Shuffle } from "lucide-react"

import { playListing } from "@/player/engine/playListing"
import { shuffleAll } from "@/player/engine/shuffling"
import { TrackTable, type Column } from "@/player/tracks/TrackTable"
import { trackSource } from "@/shared/api/catalogue"
import type { TrackFilters } from "@/shared/api/types"
import { useListing } from "@/shared/api/useListing"
import { Button } from "@/shared/ui/Button"
import { ListTools } from "@/shared/ui/ListTools"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { useListChoice } from "@/shared/ui/useListChoice"
import { useWords } from "@/shared/words/words"

const SORTS = ["title", "artist", "album", "year", "added", "random"] as const

export default function TracksPage() {
  const words = useWords()
  const choice = useListChoice(SORTS, "title")
  const sort = choice.sort as TrackFilters["sort"]
  const chosen = { genre_id: choice.genreId, library_id: choice.libraryId }
  const filters = { ...chosen, sort, order: choice.order }
  const listing = useListing(trackSource(filters))
  const play = (at?: number) => {
    playListing(listing, filters, at)
  }
  const sortBy = (column: Column) => {
    const again = choice.sort === column
    choice.set({ sort: column, order: again ? (choice.order === "asc" ? "desc" : "asc") : null })
  }
  return (
    <Page
      title={words.nav.tracks}
      tools={<ListTools choice={choice} sorts={SORTS} />}
      actions={
        <>
          <Button
            look="primary"
            icon={<Play size={18} fill="currentColor" />}
            disabled={listing.count === 0}
            onClick={() => {
              play()
            }}
          >
            {words.catalogue.play}
          </Button>
          <Button icon={<Shuffle size={18} />} onClick={() => void shuffleAll(chosen)}>
            {words.catalogue.shuffleAll}
          </Button>
        </>
      }
    >
      <Shown query={listing.asked}>
        {() =>
          listing.count > 0 ? (
            <TrackTable
              rows={listing}
              look="list"
              label={words.catalogue.trackList}
              sorting={{ by: choice.sort, order: choice.order, onSort: sortBy }}
              onPlay={play}
            />
          ) : (
            <Empty icon={<Music2 size={30} />} title={words.catalogue.nothing} />
          )
        }
      </Shown>
    </Page>
  )
}

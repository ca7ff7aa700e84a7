import { useInfiniteQuery } from "@tanstack/react-query"
import { Music2, Play, Shuffle } from "lucide-react"

import { playTracks } from "@/player/engine/controls"
import { TrackTable, type Column } from "@/player/tracks/TrackTable"
import { tracksPage, tracksQuery } from "@/shared/api/catalogue"
import type { TrackFilters } from "@/shared/api/types"
import { usePaged } from "@/shared/api/usePaged"
import { Button } from "@/shared/ui/Button"
import { ListTools } from "@/shared/ui/ListTools"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { toastProblem } from "@/shared/ui/toasts"
import { useListChoice } from "@/shared/ui/useListChoice"
import { useWords } from "@/shared/words/words"

const SORTS = ["title", "artist", "album", "year", "added", "random"] as const

export default function TracksPage() {
  const words = useWords()
  const choice = useListChoice(SORTS, "title")
  const sort = choice.sort as TrackFilters["sort"]
  const filters = { sort, order: choice.order, genre_id: choice.genreId, library_id: choice.libraryId }
  const { items, more, cursor, asked } = usePaged(useInfiniteQuery(tracksQuery(filters)))
  const play = (at?: number) => {
    playTracks(items, {
      ...(at === undefined ? {} : { at }),
      more: cursor === null ? null : { filters, cursor },
    })
  }
  const shuffle = async () => {
    const random = { sort: "random" as const, genre_id: choice.genreId }
    try {
      const page = await tracksPage(random, null)
      playTracks(page.items, { shuffle: true, more: { filters: random, cursor: null } })
    } catch (error) {
      toastProblem(error)
    }
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
            disabled={items.length === 0}
            onClick={() => {
              play()
            }}
          >
            {words.catalogue.play}
          </Button>
          <Button icon={<Shuffle size={18} />} onClick={() => void shuffle()}>
            {words.catalogue.shuffleAll}
          </Button>
        </>
      }
    >
      <Shown query={asked}>
        {() =>
          items.length > 0 ? (
            <TrackTable
              tracks={items}
              look="list"
              label={words.catalogue.trackList}
              sorting={{ by: choice.sort, order: choice.order, onSort: sortBy }}
              onPlay={play}
              onNearEnd={more}
            />
          ) : (
            <Empty icon={<Music2 size={30} />} title={words.catalogue.nothing} />
          )
        }
      </Shown>
    </Page>
  )
}

import { useInfiniteQuery } from "@tanstack/react-query"
import { Disc3, Shuffle } from "lucide-react"

import { AlbumCard } from "@/player/cards/AlbumCard"
import { playTracks } from "@/player/engine/controls"
import { albumsQuery, tracksPage } from "@/shared/api/catalogue"
import type { AlbumFilters } from "@/shared/api/types"
import { usePaged } from "@/shared/api/usePaged"
import { Button } from "@/shared/ui/Button"
import { ListTools } from "@/shared/ui/ListTools"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { toastProblem } from "@/shared/ui/toasts"
import { useListChoice } from "@/shared/ui/useListChoice"
import { VirtualGrid } from "@/shared/ui/Virtual"
import { useWords } from "@/shared/words/words"

const SORTS = ["title", "artist", "year", "added", "random"] as const

export default function AlbumsPage() {
  const words = useWords()
  const choice = useListChoice(SORTS, "artist")
  const sort = choice.sort as AlbumFilters["sort"]
  const filters = { sort, order: choice.order, genre_id: choice.genreId, library_id: choice.libraryId }
  const { items, more, asked } = usePaged(useInfiniteQuery(albumsQuery(filters)))
  const shuffle = async () => {
    const random = { sort: "random" as const, genre_id: choice.genreId }
    try {
      const page = await tracksPage(random, null)
      playTracks(page.items, { shuffle: true, more: { filters: random, cursor: null } })
    } catch (error) {
      toastProblem(error)
    }
  }
  return (
    <Page
      title={words.nav.albums}
      tools={<ListTools choice={choice} sorts={SORTS} />}
      actions={
        <Button icon={<Shuffle size={18} />} onClick={() => void shuffle()}>
          {words.catalogue.shuffleAll}
        </Button>
      }
    >
      <Shown query={asked}>
        {() =>
          items.length > 0 ? (
            <VirtualGrid items={items} label={words.nav.albums} keyOf={(album) => album.id} onNearEnd={more}>
              {(album) => <AlbumCard album={album} />}
            </VirtualGrid>
          ) : (
            <Empty icon={<Disc3 size={30} />} title={words.catalogue.nothing} />
          )
        }
      </Shown>
    </Page>
  )
}

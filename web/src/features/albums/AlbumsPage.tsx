import { Disc3, Shuffle } from "lucide-react"

import { AlbumCard } from "@/player/cards/AlbumCard"
import { shuffleAll } from "@/player/engine/shuffling"
import { albumSource } from "@/shared/api/catalogue"
import type { AlbumFilters } from "@/shared/api/types"
import { useListing } from "@/shared/api/useListing"
import { Button } from "@/shared/ui/Button"
import { ListTools } from "@/shared/ui/ListTools"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { useListChoice } from "@/shared/ui/useListChoice"
import { VirtualGrid } from "@/shared/ui/VirtualGrid"
import { useWords } from "@/shared/words/words"

const SORTS = ["title", "artist", "year", "added", "random"] as const

export default function AlbumsPage() {
  const words = useWords()
  const choice = useListChoice(SORTS, "artist")
  const sort = choice.sort as AlbumFilters["sort"]
  const chosen = { genre_id: choice.genreId, library_id: choice.libraryId }
  const listing = useListing(albumSource({ ...chosen, sort, order: choice.order }))
  return (
    <Page
      title={words.nav.albums}
      tools={<ListTools choice={choice} sorts={SORTS} />}
      actions={
        <Button icon={<Shuffle size={18} />} onClick={() => void shuffleAll(chosen)}>
          {words.catalogue.shuffleAll}
        </Button>
      }
    >
      <Shown query={listing.asked}>
        {() =>
          listing.count > 0 ? (
            <VirtualGrid rows={listing} label={words.nav.albums}>
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

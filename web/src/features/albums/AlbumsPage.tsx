import { Disc3, Shuffle } from "lucide-react"

import { AlbumCard } from "@/player/cards/AlbumCard"
import { shuffleAll } from "@/player/engine/shuffling"
import { albumSource, ownAlbumSource } from "@/shared/api/catalogue"
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
/** By what one did with them. */
const OWN_SORTS = ["frequent", "recent", "highest"] as const
const ALL_SORTS = [...SORTS, ...OWN_SORTS]

export default function AlbumsPage() {
  const words = useWords()
  const choice = useListChoice(ALL_SORTS, "artist")
  const own = OWN_SORTS.find((sort) => sort === choice.sort)
  const sort = choice.sort as AlbumFilters["sort"]
  const chosen = own ? {} : { genre_id: choice.genreId, library_id: choice.libraryId }
  const listing = useListing(
    own ? ownAlbumSource(own) : albumSource({ ...chosen, sort, order: choice.order }),
  )
  return (
    <Page
      title={words.nav.albums}
      tools={<ListTools choice={choice} sorts={ALL_SORTS} fixed={own !== undefined} />}
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
            <Empty
              icon={<Disc3 size={30} />}
              title={words.catalogue.nothing}
              text={own && words.catalogue.nothingOwn[own]}
            />
          )
        }
      </Shown>
    </Page>
  )
}

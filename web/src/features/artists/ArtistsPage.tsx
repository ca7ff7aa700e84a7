import { useInfiniteQuery } from "@tanstack/react-query"
import { MicVocal } from "lucide-react"
import { useSearchParams } from "react-router"

import { ArtistCard } from "@/player/cards/ArtistCard"
import { artistsQuery } from "@/shared/api/catalogue"
import { usePaged } from "@/shared/api/usePaged"
import { CheckField } from "@/shared/ui/Field"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { VirtualGrid } from "@/shared/ui/Virtual"
import { useWords } from "@/shared/words/words"

export default function ArtistsPage() {
  const words = useWords()
  const [parameters, setParameters] = useSearchParams()
  const albumsOnly = parameters.get("all") === null
  const { items, more, asked } = usePaged(useInfiniteQuery(artistsQuery(albumsOnly)))
  return (
    <Page
      title={words.nav.artists}
      tools={
        <CheckField
          label={words.catalogue.albumArtistsOnly}
          checked={albumsOnly}
          onChange={(event) => {
            setParameters(event.target.checked ? {} : { all: "1" }, { replace: true })
          }}
        />
      }
    >
      <Shown query={asked}>
        {() =>
          items.length > 0 ? (
            <VirtualGrid
              items={items}
              label={words.nav.artists}
              keyOf={(artist) => artist.id}
              onNearEnd={more}
            >
              {(artist) => <ArtistCard artist={artist} />}
            </VirtualGrid>
          ) : (
            <Empty icon={<MicVocal size={30} />} title={words.catalogue.nothing} />
          )
        }
      </Shown>
    </Page>
  )
}

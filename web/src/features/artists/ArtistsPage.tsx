import { MicVocal } from "lucide-react"
import { useSearchParams } from "react-router"

import { ArtistCard } from "@/player/cards/ArtistCard"
import { artistSource } from "@/shared/api/catalogue"
import { useListing } from "@/shared/api/useListing"
import { CheckField } from "@/shared/ui/Field"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { VirtualGrid } from "@/shared/ui/VirtualGrid"
import { useWords } from "@/shared/words/words"

export default function ArtistsPage() {
  const words = useWords()
  const [parameters, setParameters] = useSearchParams()
  const albumsOnly = parameters.get("all") === null
  const listing = useListing(artistSource(albumsOnly))
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
      <Shown query={listing.asked}>
        {() =>
          listing.count > 0 ? (
            <VirtualGrid rows={listing} label={words.nav.artists}>
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

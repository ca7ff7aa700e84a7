import { useQuery } from "@tanstack/react-query"
import { Link } from "react-router"

import { GoOn } from "@/features/home/GoOn"
import { HouseHears } from "@/features/home/HouseHears"
import { QuickPicks } from "@/features/home/QuickPicks"
import { Welcome } from "@/features/home/Welcome"
import { greetingOf, heardLately, lastPlaysQuery } from "@/features/home/lately"
import { AlbumCard } from "@/player/cards/AlbumCard"
import { Shelf } from "@/player/cards/Shelf"
import { albumSource, pageQuery } from "@/shared/api/catalogue"
import type { Album } from "@/shared/api/types"
import { useMe } from "@/shared/session/house"
import { Button } from "@/shared/ui/Button"
import { Page, Section } from "@/shared/ui/Page"
import { Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

const SHELF = 18

function AlbumShelf({ label, albums }: { label: string; albums: readonly Album[] }) {
  return (
    <Shelf label={label}>
      {albums.map((album) => (
        <li key={album.id}>
          <AlbumCard album={album} />
        </li>
      ))}
    </Shelf>
  )
}

function Discover() {
  const words = useWords().catalogue
  const query = useQuery({ ...pageQuery(albumSource({ sort: "random" }, SHELF), null), staleTime: Infinity })
  const items = query.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Section
      title={words.discover}
      aside={
        <Button look="plain" onClick={() => void query.refetch()}>
          {words.another}
        </Button>
      }
    >
      <AlbumShelf label={words.discover} albums={items} />
    </Section>
  )
}

export default function HomePage() {
  const words = useWords().catalogue
  const { user } = useMe()
  const recent = useQuery(pageQuery(albumSource({ sort: "added", order: "desc" }, SHELF), null))
  const plays = useQuery(lastPlaysQuery())
  const greeting = words.greeting[greetingOf(new Date().getHours())]
  return (
    <Page title={`${greeting}, ${user.display_name || user.username}`}>
      <Shown query={recent}>
        {({ items }) =>
          items.length === 0 ? (
            <Welcome />
          ) : (
            <>
              <HouseHears />
              <GoOn />
              <QuickPicks lately={heardLately(plays.data?.items ?? [])} />
              <Section title={words.recent} aside={<Link to="/albums?sort=added">{words.showAll}</Link>}>
                <AlbumShelf label={words.recent} albums={items} />
              </Section>
              <Discover />
            </>
          )
        }
      </Shown>
    </Page>
  )
}

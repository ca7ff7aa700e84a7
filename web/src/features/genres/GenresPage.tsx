import { useQuery } from "@tanstack/react-query"
import { Tags } from "lucide-react"
import { Link } from "react-router"

import styles from "@/features/genres/Genres.module.css"
import { genresQuery } from "@/shared/api/catalogue"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

/** A hue of its own for every name, always the same. */
export function hueOf(name: string): number {
  let sum = 7
  for (const sign of name) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 360
  return sum
}

export default function GenresPage() {
  const words = useWords()
  const query = useQuery(genresQuery())
  return (
    <Page title={words.nav.genres}>
      <Shown query={query}>
        {({ items }) =>
          items.length > 0 ? (
            <ul className={styles.genres}>
              {items.map((genre) => (
                <li key={genre.id}>
                  <Link
                    to={`/genres/${genre.id}`}
                    className={styles.genre}
                    style={{ ["--hue" as string]: String(hueOf(genre.name)) }}
                  >
                    <span className={styles.name}>{genre.name}</span>
                    <span className={styles.count}>{words.counts.tracks(genre.track_count)}</span>
                  </Link>
                </li>
              ))}
            </ul>
          ) : (
            <Empty icon={<Tags size={30} />} title={words.catalogue.nothing} />
          )
        }
      </Shown>
    </Page>
  )
}

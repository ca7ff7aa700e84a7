import { useQueries } from "@tanstack/react-query"
import { Link } from "react-router"

import { creditLines } from "@/features/albums/credits"
import styles from "@/features/albums/CreditsDialog.module.css"
import { trackQuery } from "@/shared/api/catalogue"
import type { Album, Track } from "@/shared/api/types"
import { Dialog } from "@/shared/ui/Dialog"
import { Empty, Loading } from "@/shared/ui/States"
import { named, useWords } from "@/shared/words/words"

interface CreditsDialogProps {
  album: Album
  tracks: Track[]
  onClose: () => void
}

/** Who made an album, by what they did. */
export function CreditsDialog({ album, tracks, onClose }: CreditsDialogProps) {
  const words = useWords()
  const { details, pending } = useQueries({
    queries: tracks.map(({ id }) => trackQuery(id)),
    combine: (results) => ({
      details: results.flatMap(({ data }) => (data ? [data] : [])),
      pending: results.some(({ isPending }) => isPending),
    }),
  })
  const lines = creditLines(details)
  return (
    <Dialog title={`${words.catalogue.credits}: ${album.title}`} onClose={onClose}>
      {pending ? (
        <Loading />
      ) : (
        <dl className={styles.credits}>
          {lines.map(({ role, people }) => (
            <div key={role}>
              <dt>{named(words.catalogue.roles, role)}</dt>
              {people.map(({ artist, tracks: count }) => (
                <dd key={artist.id}>
                  <Link to={`/artists/${artist.id}`} onClick={onClose}>
                    {artist.name}
                  </Link>
                  {count < tracks.length && (
                    <span className={styles.count}> {words.counts.tracks(count)}</span>
                  )}
                </dd>
              ))}
            </div>
          ))}
        </dl>
      )}
      {!pending && lines.length === 0 && <Empty title={words.catalogue.nothing} />}
    </Dialog>
  )
}

import { useQuery } from "@tanstack/react-query"
import { useEffect, useState } from "react"

import styles from "@/features/playlists/rules/Rules.module.css"
import { playTracks } from "@/player/engine/controls"
import { TrackTable } from "@/player/tracks/TrackTable"
import { previewQuery, type SmartRules } from "@/shared/api/rules"
import { rowsOf } from "@/shared/api/useListing"
import { Section } from "@/shared/ui/Page"
import { sayProblem } from "@/shared/words/problems"
import { useLocale, useWords } from "@/shared/words/words"

/** So long nothing is typed before it is looked what the rules choose. */
const SETTLE_MS = 250

/** What rules choose just now; it follows what is typed. */
export function usePreview(rules: SmartRules) {
  const wanted = JSON.stringify(rules)
  const [settled, setSettled] = useState(wanted)
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(wanted)
    }, SETTLE_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [wanted])
  return useQuery(previewQuery(JSON.parse(settled) as SmartRules))
}

type Shown = Pick<ReturnType<typeof usePreview>, "data" | "error">

/** How many tracks rules choose, and what they still lack. */
export function Count({ data, error, lacks }: Shown & { lacks: string | null }) {
  const words = useWords()
  const own = words.rules
  const count = new Intl.NumberFormat(useLocale())
  const some = data && data.matching > data.count
  return (
    <p role="status" className={styles.count} data-testid="rules-count">
      {data && (
        <strong>
          {some
            ? own.ofMatching(count.format(data.count), own.counts(data.matching))
            : own.counts(data.count)}
        </strong>
      )}
      {lacks !== null && <span>{lacks}</span>}
      {error && <span className={styles.problem}>{sayProblem(error, words)}</span>}
    </p>
  )
}

/** The first of the tracks that rules choose. */
export function Preview({ data }: Pick<Shown, "data">) {
  const words = useWords().rules
  if (!data || data.tracks.length === 0) return null
  return (
    <Section title={words.preview}>
      <TrackTable
        rows={rowsOf(data.tracks)}
        look="list"
        label={words.first}
        onPlay={(at) => {
          playTracks(data.tracks, { at })
        }}
      />
    </Section>
  )
}

import { useQuery } from "@tanstack/react-query"
import { useState } from "react"

import { ChordDiagram } from "@/player/lyrics/ChordDiagram"
import styles from "@/player/lyrics/Diagrams.module.css"
import { diagramsQuery, type Instrument } from "@/shared/api/lyrics"
import { useWords } from "@/shared/words/words"

/** The frets of a chord as people write them: x32010. */
function spelled(frets: readonly number[]): string {
  return frets.map((fret) => (fret < 0 ? "x" : String(fret))).join(frets.some((fret) => fret > 9) ? "-" : "")
}

interface ChordProps {
  name: string
  instrument: Instrument
}

/** A chord with its name; a press shows another way to hold it. */
function Chord({ name, instrument }: ChordProps) {
  const words = useWords().lyrics
  const { data, isError } = useQuery(diagramsQuery(name, instrument))
  const [way, setWay] = useState(0)
  const ways = data?.diagrams ?? []
  const fingering = ways[way % Math.max(1, ways.length)]
  const said = fingering ? words.held(name, spelled(fingering.frets)) : name
  const label =
    ways.length > 1 ? `${said}. ${words.otherWay(name, (way % ways.length) + 1, ways.length)}` : said
  return (
    <li>
      <button
        type="button"
        className={styles.chord}
        aria-label={label}
        title={label}
        onClick={() => {
          setWay(way + 1)
        }}
      >
        <strong>{name}</strong>
        {data && fingering && <ChordDiagram strings={data.strings} fingering={fingering} />}
        {(isError || (data && !fingering)) && <small>{words.noDiagram}</small>}
      </button>
    </li>
  )
}

/** All chords of a song, in a row. */
export function DiagramStrip({ names, instrument }: { names: readonly string[]; instrument: Instrument }) {
  const words = useWords().lyrics
  return (
    <ul className={styles.strip} aria-label={words.strip}>
      {names.map((name) => (
        <Chord key={`${name} ${instrument}`} name={name} instrument={instrument} />
      ))}
    </ul>
  )
}

/** The diagram of the chord under the pointer. */
export function ChordTip({ name, instrument, x, y }: ChordProps & { x: number; y: number }) {
  const { data } = useQuery(diagramsQuery(name, instrument))
  const fingering = data?.diagrams[0]
  if (!fingering) return null
  return (
    <div className={styles.tip} style={{ left: x, top: y }} aria-hidden="true">
      <strong>{name}</strong>
      <ChordDiagram strings={data.strings} fingering={fingering} />
    </div>
  )
}

import type { Fingering } from "@/shared/api/lyrics"
import styles from "@/player/lyrics/ChordDiagram.module.css"

const LEAST_FRETS = 4
const GAP = 11
const ROW = 13
const LEFT = 15
const TOP = 15
const DOT = 4.3

interface ChordDiagramProps {
  strings: readonly string[]
  fingering: Fingering
}

/** The frets that are drawn: from the nut where all lie near it, else from the lowest one held. */
function framed({ frets }: Fingering): { first: number; rows: number } {
  const held = frets.filter((fret) => fret > 0)
  const highest = Math.max(0, ...held)
  const first = highest <= LEAST_FRETS ? 1 : Math.min(...held)
  return { first, rows: Math.max(LEAST_FRETS, highest - first + 1) }
}

/** What stands above a string: open, silent, or nothing. */
function Above({ fret, x }: { fret: number; x: number }) {
  const y = TOP - 6
  if (fret === 0) return <circle cx={x} cy={y} r={2.6} className={styles.open} />
  if (fret > 0) return null
  return <path d={`M${x - 2.5} ${y - 2.5}l5 5m0 -5l-5 5`} className={styles.silent} />
}

/** Where the fingers go. The lowest string stands on the left. */
export function ChordDiagram({ strings, fingering }: ChordDiagramProps) {
  const { first, rows } = framed(fingering)
  const { frets, fingers, barre } = fingering
  const width = (strings.length - 1) * GAP
  const height = rows * ROW
  const x = (string: number) => LEFT + string * GAP
  const y = (fret: number) => TOP + (fret - first + 0.5) * ROW
  const across = frets.flatMap((fret, string) => (barre !== null && fret === barre ? [string] : []))
  const [from = 0, to = 0] = [across[0], across.at(-1)]
  return (
    <svg
      className={styles.diagram}
      viewBox={`0 0 ${LEFT + width + 8} ${TOP + height + 4}`}
      width={LEFT + width + 8}
      height={TOP + height + 4}
      aria-hidden="true"
    >
      {strings.map((_, string) => (
        <path key={string} d={`M${x(string)} ${TOP}v${height}`} className={styles.line} />
      ))}
      {Array.from({ length: rows + 1 }, (_, row) => (
        <path
          key={row}
          d={`M${LEFT} ${TOP + row * ROW}h${width}`}
          className={row === 0 && first === 1 ? styles.nut : styles.line}
        />
      ))}
      {first > 1 && (
        <text x={LEFT - 7} y={y(first) + 3.5} textAnchor="end" className={styles.base}>
          {first}
        </text>
      )}
      {barre !== null && across.length > 1 && (
        <path d={`M${x(from)} ${y(barre)}H${x(to)}`} className={styles.barre} strokeWidth={2 * DOT} />
      )}
      {frets.map((fret, string) => (
        <g key={string}>
          <Above fret={fret} x={x(string)} />
          {fret > 0 && <circle cx={x(string)} cy={y(fret)} r={DOT} className={styles.dot} />}
          {fret > 0 && (fingers[string] ?? 0) > 0 && (
            <text x={x(string)} y={y(fret) + 2.6} textAnchor="middle" className={styles.finger}>
              {fingers[string]}
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}

import { piecesOf, type Piece } from "@/player/lyrics/song"
import styles from "@/player/lyrics/Song.module.css"
import type { SongLine } from "@/shared/api/lyrics"
import { cx } from "@/shared/format/classes"

interface LineTextProps {
  line: SongLine
  words: boolean
  chords: boolean
  /** The word that is sung, if this line is. */
  word: number
}

function wordLook(piece: Piece, word: number): string | undefined {
  if (piece.word === null || word < 0) return undefined
  if (piece.word > word) return styles.unsung
  return piece.word === word ? styles.singing : undefined
}

function Words({ piece, chords, word }: { piece: Piece; chords: boolean; word: number }) {
  if (!chords) return <span className={wordLook(piece, word)}>{piece.segments.map(({ text }) => text)}</span>
  return (
    <span className={cx(styles.piece, wordLook(piece, word))}>
      {piece.segments.map(({ chord, text, remark, free }, place) => (
        <span key={place} className={styles.segment}>
          <span
            className={cx(styles.chord, remark && styles.remark, free && styles.free)}
            data-chord={remark ? undefined : (chord ?? undefined)}
          >
            {chord}
          </span>
          <span className={styles.text}>{text}</span>
        </span>
      ))}
    </span>
  )
}

/** A line with its chords above the words, the words alone, or the chords alone. */
export function LineText({ line, words, chords, word }: LineTextProps) {
  const withChords = chords && line.chords.length > 0
  if (!words) {
    return (
      <span className={styles.alone}>
        {line.chords.map(({ name, remark }, place) => (
          <span
            key={place}
            className={cx(styles.chord, remark && styles.remark)}
            data-chord={remark ? undefined : name}
          >
            {name}
          </span>
        ))}
      </span>
    )
  }
  return piecesOf(line).map((piece, place) => (
    <Words key={place} piece={piece} chords={withChords} word={word} />
  ))
}

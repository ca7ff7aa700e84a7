import type { PlacedChord, SongLine, TimedWord } from "@/shared/api/lyrics"

/** A part of a word with the chord that begins over it. */
export interface Segment {
  chord: string | null
  text: string
  /** It stands among the chords, but is none: a bar line, "(2x)". */
  remark: boolean
  /** There is room for the chord's name before the next one: the words need not make way. */
  free: boolean
}

/** A word that is not torn apart at the end of a line. */
export interface Piece {
  segments: Segment[]
  /** Which of the timed words it belongs to. */
  word: number | null
}

/** Which timed word each character of a text belongs to. */
function wordMarks(characters: readonly string[], words: readonly TimedWord[]): (number | null)[] {
  const marks = characters.map((): number | null => null)
  let from = 0
  words.forEach(({ text }, word) => {
    const wanted = Array.from(text.trim())
    if (wanted.length === 0) return
    for (let start = from; start + wanted.length <= characters.length; start++) {
      if (!wanted.every((character, step) => characters[start + step] === character)) continue
      marks.fill(word, start, start + wanted.length)
      from = start + wanted.length
      return
    }
  })
  return marks
}

/** Cut characters before each chord; a chord beyond the end, or right beside another, gets blanks to stand on. */
function segmentsOf(characters: readonly string[], from: number, to: number, chords: readonly PlacedChord[]) {
  const inside = chords.filter(({ column }) => column >= from && column < to)
  const cuts = [...new Set([from, ...inside.map(({ column }) => column)])].sort((a, b) => a - b)
  return cuts.flatMap((cut, index): Segment[] => {
    const text = characters.slice(cut, cuts[index + 1] ?? to).join("")
    const here = inside.filter(({ column }) => column === cut)
    const last = here.at(-1)
    if (!last) return [{ chord: null, text, remark: false, free: true }]
    const before = here
      .slice(0, -1)
      .map(({ name, remark = false }) => ({ chord: name, text: " ", remark, free: false }))
    return [...before, { chord: last.name, text, remark: last.remark ?? false, free: false }]
  })
}

/** Whether a line may be broken before a character: after blanks, and where one timed word follows another. */
function beginsPiece(characters: readonly string[], marks: readonly (number | null)[], at: number): boolean {
  if (characters[at - 1] === " " && characters[at] !== " ") return true
  const [before = null, here = null] = [marks[at - 1], marks[at]]
  return before !== null && here !== null && before !== here
}

/** The words of a line, each with the chords over it. Columns count Unicode characters. */
export function piecesOf({ text, chords, words }: Pick<SongLine, "text" | "chords" | "words">): Piece[] {
  const characters = Array.from(text)
  const farthest = Math.max(-1, ...chords.map(({ column }) => column))
  while (characters.length <= farthest) characters.push(" ")
  const marks = wordMarks(characters, words)
  const pieces: Piece[] = []
  let from = 0
  for (let at = 1; at <= characters.length; at++) {
    if (at < characters.length && !beginsPiece(characters, marks, at)) continue
    pieces.push({ segments: segmentsOf(characters, from, at, chords), word: marks[from] ?? null })
    from = at
  }
  makeRoom(pieces)
  return pieces
}

/** Find out which chords have more characters below them than their names are long. */
function makeRoom(pieces: readonly Piece[]): void {
  let room = 0
  for (const segment of pieces.flatMap(({ segments }) => segments).reverse()) {
    room += segment.text.length
    if (segment.chord === null) continue
    segment.free = room > segment.chord.length + 1
    room = 0
  }
}

/** What stands under each other: headings, sung lines, remarks, and tabs as blocks. */
export type Block =
  | { kind: "section"; name: string; key: number }
  | { kind: "line" | "comment"; line: SongLine; key: number }
  | { kind: "tab"; text: string; key: number }

export function blocksOf(lines: readonly SongLine[]): Block[] {
  const blocks: Block[] = []
  for (const line of lines) {
    const key = line.index
    if (line.section !== null) blocks.push({ kind: "section", name: line.section, key })
    const last = blocks.at(-1)
    if (line.kind !== "tab") blocks.push({ kind: line.kind, line, key })
    else if (last?.kind === "tab") last.text += `\n${line.text}`
    else blocks.push({ kind: "tab", text: line.text, key })
  }
  return blocks
}

/** The chords of a song, each once, in the order in which they come. */
export function chordsOf(lines: readonly SongLine[]): string[] {
  const all = lines.flatMap(({ chords }) => chords.filter(({ remark }) => !remark))
  return [...new Set(all.map(({ name }) => name))]
}

/** The line that is sung at a moment: the last that has begun, -1 before the first. */
export function lineAt(lines: readonly SongLine[], ms: number): number {
  let found = -1
  lines.forEach(({ kind, start_ms: start }, place) => {
    if (kind === "line" && start !== null && start <= ms) found = place
  })
  return found
}

/** The word that is sung at a moment: the last that has begun, -1 before the first. */
export function wordAt(words: readonly TimedWord[], ms: number): number {
  return words.findLastIndex(({ start_ms: start }) => start <= ms)
}

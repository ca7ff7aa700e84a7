import { Fragment } from "react"

import styles from "@/shared/ui/Marked.module.css"

type Range = readonly number[]

interface Part {
  text: string
  marked: boolean
}

/** A text cut where marks begin and end; ranges count characters, not the halves of which some are made. */
export function markedParts(text: string, ranges: readonly Range[]): Part[] {
  const characters = Array.from(text)
  const parts: Part[] = []
  let last = 0
  const take = (to: number, marked: boolean) => {
    if (to > last) parts.push({ text: characters.slice(last, to).join(""), marked })
    last = Math.max(last, to)
  }
  for (const [from = 0, to = 0] of ranges) {
    take(Math.min(from, characters.length), false)
    take(Math.min(to, characters.length), true)
  }
  take(characters.length, false)
  return parts
}

/** The ranges that fall into a part of a text, counted from where it begins. */
export function rangesWithin(ranges: readonly Range[], from: number, length: number): Range[] {
  return ranges
    .map(([begin = 0, end = 0]) => [Math.max(0, begin - from), Math.min(length, end - from)] as const)
    .filter(([begin, end]) => begin < end)
}

/** A text in which what was sought stands out. */
export function Marked({ text, ranges }: { text: string; ranges: readonly Range[] | undefined }) {
  if (!ranges || ranges.length === 0) return text
  return markedParts(text, ranges).map((part, index) =>
    part.marked ? (
      <mark key={index} className={styles.mark}>
        {part.text}
      </mark>
    ) : (
      <Fragment key={index}>{part.text}</Fragment>
    ),
  )
}

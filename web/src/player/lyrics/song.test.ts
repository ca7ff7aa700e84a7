import { describe, expect, it } from "vitest"

import { blocksOf, chordsOf, lineAt, piecesOf, wordAt } from "@/player/lyrics/song"
import { resize, tune, tuningOf, useLyricsSettings } from "@/player/lyrics/settings"
import type { PlacedChord, SongLine } from "@/shared/api/lyrics"

function chord(name: string, column: number): PlacedChord {
  return { name, column, start_ms: null, remark: false }
}

function aLine(index: number, more: Partial<SongLine> = {}): SongLine {
  return {
    index,
    kind: "line",
    section: null,
    gap: false,
    start_ms: index * 1000,
    end_ms: index * 1000 + 1000,
    text: `line ${index}`,
    words: [],
    chords: [],
    ...more,
  }
}

/** What is drawn: each word as [chord]text. */
function drawn(line: Pick<SongLine, "text" | "chords" | "words">): string[] {
  return piecesOf(line).map(({ segments }) =>
    segments.map(({ chord, text }) => (chord === null ? text : `[${chord}]${text}`)).join(""),
  )
}

describe("a line", () => {
  it("carries its chords over the characters they belong to, within words too", () => {
    const chords = [chord("Am", 0), chord("G", 6), chord("C", 8)]
    expect(drawn({ text: "Amazing grace", chords, words: [] })).toEqual(["[Am]Amazin[G]g ", "[C]grace"])
  })

  it("counts columns by characters, however many units they have", () => {
    expect(drawn({ text: "🎵 coração", chords: [chord("F", 2)], words: [] })).toEqual(["🎵 ", "[F]coração"])
  })

  it("has room for chords beyond its end, and for several at one place", () => {
    const chords = [chord("C", 2), chord("G", 5), chord("D", 5)]
    expect(drawn({ text: "la", chords, words: [] }).join("")).toBe("la[C]   [G] [D] ")
    expect(drawn({ text: "", chords: [chord("E", 0)], words: [] })).toEqual(["[E] "])
  })

  it("knows which timed word each of its words is", () => {
    const words = ["Hey ", "hey ", "you"].map((text, at) => ({
      text,
      start_ms: at * 100,
      end_ms: at * 100 + 100,
    }))
    const pieces = piecesOf({ text: "Hey hey  you!", chords: [], words })
    expect(pieces.map(({ word }) => word)).toEqual([0, 1, 2])
    expect([wordAt(words, -1), wordAt(words, 0), wordAt(words, 150), wordAt(words, 999)]).toEqual([
      -1, 0, 1, 2,
    ])
  })

  it("keeps every character, whatever words and chords there are", () => {
    const text = "  one\ttwo   three "
    const words = [{ text: "missing", start_ms: 0, end_ms: 1 }]
    const pieces = piecesOf({ text, chords: [chord("A", 3), chord("B", 11)], words })
    expect(pieces.flatMap(({ segments }) => segments.map((segment) => segment.text)).join("")).toBe(text)
  })
})

describe("a song", () => {
  it("shows its parts as headings and tabs as one block", () => {
    const lines = [
      aLine(0, { section: "Intro", kind: "tab", text: "e|--0--" }),
      aLine(1, { kind: "tab", text: "B|--1--" }),
      aLine(2, { section: "Verse 1" }),
      aLine(3, { kind: "comment", text: "softly" }),
    ]
    expect(blocksOf(lines).map((block) => (block.kind === "tab" ? block.text : block.kind))).toEqual([
      "section",
      "e|--0--\nB|--1--",
      "section",
      "line",
      "comment",
    ])
  })

  it("has one line that is sung", () => {
    const lines = [
      aLine(0, { start_ms: 500 }),
      aLine(1, { kind: "comment" }),
      aLine(2),
      aLine(3, { start_ms: null }),
    ]
    expect([lineAt(lines, 0), lineAt(lines, 500), lineAt(lines, 1500), lineAt(lines, 9999)]).toEqual([
      -1, 0, 0, 2,
    ])
  })

  it("names each of its chords once", () => {
    const lines = [
      aLine(0, { chords: [chord("C", 0), chord("G", 2)] }),
      aLine(1, { chords: [chord("C", 0)] }),
    ]
    expect(chordsOf(lines)).toEqual(["C", "G"])
  })
})

describe("how songs are read", () => {
  it("is remembered song by song, within what is possible", () => {
    tune("t1", { transpose: 3 })
    tune("t1", { capo: 14 })
    tune("t2", { transpose: -40 })
    const { getState } = useLyricsSettings
    expect(tuningOf("t1")(getState())).toEqual({ transpose: 3, capo: 11 })
    expect(tuningOf("t2")(getState())).toEqual({ transpose: -11, capo: 0 })
    tune("t1", { transpose: 0, capo: 0 })
    expect(getState().tunings.map(([id]) => id)).toEqual(["t2"])
    for (let step = 0; step < 20; step++) resize(1)
    expect(getState().size).toBe(36)
  })
})

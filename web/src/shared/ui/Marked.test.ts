import { expect, it } from "vitest"

import { markedParts, rangesWithin } from "@/shared/ui/Marked"

const said = (text: string, ranges: number[][]) =>
  markedParts(text, ranges)
    .map(({ text, marked }) => (marked ? `[${text}]` : text))
    .join("")

it("marks what was found, and keeps all of the text", () => {
  expect(said("João Gilberto", [[0, 4]])).toBe("[João] Gilberto")
  expect(
    said("Chega de Saudade", [
      [0, 5],
      [9, 12],
    ]),
  ).toBe("[Chega] de [Sau]dade")
  expect(said("Wave", [])).toBe("Wave")
})

it("counts characters, also those that are made of two halves", () => {
  expect(
    said("🎷🎺 Jazz", [
      [1, 2],
      [3, 5],
    ]),
  ).toBe("🎷[🎺] [Ja]zz")
})

it("does not stumble over ranges that lie outside or over each other", () => {
  expect(said("abc", [[1, 99]])).toBe("a[bc]")
  expect(
    said("abc", [
      [0, 2],
      [1, 3],
    ]),
  ).toBe("[ab][c]")
})

it("finds what of a mark falls into a part of the text", () => {
  expect(
    rangesWithin(
      [
        [0, 4],
        [8, 12],
      ],
      3,
      7,
    ),
  ).toEqual([
    [0, 1],
    [5, 7],
  ])
  expect(rangesWithin([[0, 3]], 3, 5)).toEqual([])
})

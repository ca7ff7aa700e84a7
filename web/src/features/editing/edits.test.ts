import { describe, expect, it } from "vitest"

import { sharedEdit } from "@/features/editing/EditManyForm"
import { editOf, problemsOf, valuesOf, type FieldName } from "@/features/editing/edits"
import type { TrackDetails } from "@/shared/api/types"
import { aTrack } from "@/shared/testing/things"
import { en } from "@/shared/words/en"

const details: TrackDetails = {
  track: aTrack({ artists: [{ id: "1", name: "Simon & Garfunkel" }] }),
  file_name: "x.mp3",
  date: null,
  original_date: null,
  album_artists: ["Simon & Garfunkel"],
  composers: [],
  credits: [],
  compilation: false,
  comment: null,
  isrcs: [],
  mb_recording_id: null,
  mb_album_id: null,
  mb_release_group_id: null,
  uploader_id: null,
  may_edit: true,
  edited: ["title"],
}
const before = valuesOf(details)
const none = new Set<FieldName>()

describe("an edit", () => {
  it("sends only what was changed", () => {
    expect(editOf(before, before, none)).toEqual({})
    const after = { ...before, title: " New ", year: "2001", artists: ["A; B", "C"], compilation: true }
    expect(editOf(before, after, none)).toEqual({
      title: "New",
      year: 2001,
      artists: ["A; B", "C"],
      compilation: true,
    })
  })

  it("takes corrections back with null, and so does an emptied field", () => {
    expect(editOf(before, before, new Set<FieldName>(["title"]))).toEqual({ title: null })
    expect(editOf(before, { ...before, year: "", album: "" }, none)).toEqual({ year: null, album: null })
  })

  it("says what is wrong before it is sent", () => {
    const words = en.catalogue.editor
    expect(problemsOf(before, words)).toEqual({})
    expect(problemsOf({ ...before, title: " ", year: "12345", track_number: "one" }, words)).toEqual({
      title: words.required,
      year: words.yearBad,
      track_number: words.numberBad,
    })
    expect(problemsOf({ ...before, disc_number: "0", year: "0" }, words)).toEqual({ year: words.yearBad })
  })

  it("for many tracks sends what was filled in", () => {
    const blank = { ...before, album: "", album_artists: [], genres: [], year: "" }
    expect(sharedEdit(blank, "")).toEqual({})
    expect(sharedEdit({ ...blank, album: "One", genres: ["Folk"], year: "1970" }, "no")).toEqual({
      album: "One",
      genres: ["Folk"],
      year: 1970,
      compilation: false,
    })
  })
})

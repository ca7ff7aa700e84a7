import { useState } from "react"

import styles from "@/features/editing/Editing.module.css"
import { problemsOf, type Values } from "@/features/editing/edits"
import { useSaveEdits } from "@/features/editing/useSaveEdits"
import type { Track, TrackEdit } from "@/shared/api/types"
import { Button } from "@/shared/ui/Button"
import { DialogFoot } from "@/shared/ui/Dialog"
import { SelectField, TextField } from "@/shared/ui/Field"
import { FieldRow, Form, useSending } from "@/shared/ui/Form"
import { NamesField } from "@/shared/ui/NamesField"
import { Progress } from "@/shared/ui/Progress"
import { toast } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

const BLANK: Values = {
  title: "-",
  version: "",
  artists: [],
  album: "",
  album_artists: [],
  composers: [],
  genres: [],
  year: "",
  disc_number: "",
  track_number: "",
  compilation: false,
}

/** Only what is filled in is sent. */
export function sharedEdit(values: Values, compilation: string): TrackEdit {
  const edit: TrackEdit = {}
  if (values.album.trim()) edit.album = values.album.trim()
  if (values.album_artists.length > 0) edit.album_artists = values.album_artists
  if (values.genres.length > 0) edit.genres = values.genres
  if (values.year.trim()) edit.year = Number(values.year)
  if (compilation !== "") edit.compilation = compilation === "yes"
  return edit
}

/** What several tracks share: their album, its artists, genres, year. */
export function EditManyForm({ tracks, onClose }: { tracks: Track[]; onClose: () => void }) {
  const words = useWords()
  const editor = words.catalogue.editor
  const save = useSaveEdits()
  const { busy, problem, problemOf, send } = useSending()
  const [values, setValues] = useState(BLANK)
  const [compilation, setCompilation] = useState("")
  const [done, setDone] = useState(0)
  const problems = problemsOf(values, editor)
  const edit = sharedEdit(values, compilation)
  const submit = () =>
    send(async () => {
      await save(tracks, edit, setDone)
      toast(editor.saved)
      onClose()
    })
  return (
    <Form
      onSubmit={() => void submit()}
      problem={problem}
      fields={["album", "album_artists", "genres", "year"]}
    >
      <p className={styles.note}>{editor.manyNote}</p>
      <TextField
        label={editor.fields.album}
        placeholder={editor.keep}
        maxLength={500}
        value={values.album}
        problem={problemOf("album")}
        onChange={(event) => {
          setValues({ ...values, album: event.target.value })
        }}
      />
      <NamesField
        label={editor.fields.album_artists}
        names={values.album_artists}
        problem={problemOf("album_artists")}
        onChange={(names) => {
          setValues({ ...values, album_artists: names })
        }}
      />
      <NamesField
        label={editor.fields.genres}
        names={values.genres}
        problem={problemOf("genres")}
        onChange={(names) => {
          setValues({ ...values, genres: names })
        }}
      />
      <FieldRow>
        <TextField
          label={editor.fields.year}
          placeholder={editor.keep}
          inputMode="numeric"
          maxLength={4}
          value={values.year}
          problem={problems.year ?? problemOf("year")}
          onChange={(event) => {
            setValues({ ...values, year: event.target.value })
          }}
        />
        <SelectField
          label={editor.fields.compilation}
          value={compilation}
          onChange={(event) => {
            setCompilation(event.target.value)
          }}
        >
          <option value="">{editor.keep}</option>
          <option value="yes">{words.yes}</option>
          <option value="no">{words.no}</option>
        </SelectField>
      </FieldRow>
      <p className={styles.note}>{editor.note}</p>
      {busy && <Progress label={editor.progress(done, tracks.length)} value={done / tracks.length} />}
      <DialogFoot>
        <Button look="plain" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button
          type="submit"
          look="primary"
          busy={busy}
          disabled={busy || problems.year !== undefined || Object.keys(edit).length === 0}
        >
          {words.save}
        </Button>
      </DialogFoot>
    </Form>
  )
}

import { Undo2 } from "lucide-react"
import { useState } from "react"

import styles from "@/features/editing/Editing.module.css"
import { editOf, problemsOf, valuesOf, type FieldName, type Values } from "@/features/editing/edits"
import { useSaveEdits } from "@/features/editing/useSaveEdits"
import type { TrackDetails } from "@/shared/api/types"
import { Badge } from "@/shared/ui/Badge"
import { Button } from "@/shared/ui/Button"
import { DialogFoot } from "@/shared/ui/Dialog"
import { CheckField, TextField } from "@/shared/ui/Field"
import { FieldRow, Form, useSending } from "@/shared/ui/Form"
import { NamesField } from "@/shared/ui/NamesField"
import { toast } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

type TextName = { [Name in FieldName]: Values[Name] extends string ? Name : never }[FieldName]
type ListName = { [Name in FieldName]: Values[Name] extends string[] ? Name : never }[FieldName]

const ALL: readonly string[] = Object.keys({
  title: 0,
  version: 0,
  artists: 0,
  album: 0,
  album_artists: 0,
  composers: 0,
  genres: 0,
  year: 0,
  disc_number: 0,
  track_number: 0,
  compilation: 0,
} satisfies Record<FieldName, 0>)

interface RevertProps {
  corrected: boolean
  onRevert: () => void
}

/** Says that a field was corrected by hand, and takes the correction back. */
function Revert({ corrected, onRevert }: RevertProps) {
  const words = useWords().catalogue.editor
  if (!corrected) return null
  return (
    <span className={styles.corrected}>
      <Badge look="accent">{words.edited}</Badge>
      <button type="button" title={words.revert} aria-label={words.revert} onClick={onRevert}>
        <Undo2 size={16} />
      </button>
    </span>
  )
}

/** All fields of one track. */
export function EditForm({ details, onClose }: { details: TrackDetails; onClose: () => void }) {
  const words = useWords()
  const editor = words.catalogue.editor
  const save = useSaveEdits()
  const { busy, problem, problemOf, send } = useSending()
  const [before] = useState(() => valuesOf(details))
  const [values, setValues] = useState(before)
  const [reverted, setReverted] = useState<ReadonlySet<FieldName>>(new Set())
  const problems = problemsOf(values, editor)

  const set = (name: FieldName, value: Values[FieldName]) => {
    setValues({ ...values, [name]: value })
    setReverted(new Set([...reverted].filter((other) => other !== name)))
  }
  const revert = (name: FieldName) => (
    <Revert
      corrected={details.edited.includes(name) && !reverted.has(name)}
      onRevert={() => {
        setReverted(new Set([...reverted, name]))
        setValues({ ...values, [name]: before[name] })
      }}
    />
  )
  const submit = () =>
    send(async () => {
      const edit = editOf(before, values, reverted)
      if (Object.keys(edit).length > 0) await save([details.track], edit)
      toast(editor.saved)
      onClose()
    })

  const text = (name: TextName, numeric = false) => (
    <TextField
      label={editor.fields[name]}
      inputMode={numeric ? "numeric" : "text"}
      maxLength={numeric ? 5 : 500}
      value={values[name]}
      disabled={reverted.has(name)}
      problem={problems[name] ?? problemOf(name)}
      aside={revert(name)}
      onChange={(event) => {
        set(name, event.target.value)
      }}
    />
  )
  const names = (name: ListName) => (
    <NamesField
      label={editor.fields[name]}
      names={values[name]}
      problem={problemOf(name)}
      aside={revert(name)}
      onChange={(list) => {
        set(name, list)
      }}
    />
  )
  return (
    <Form onSubmit={() => void submit()} problem={problem} fields={ALL}>
      {!details.may_edit && <p className={styles.note}>{words.errors.forbidden}</p>}
      <fieldset className={styles.fields} disabled={!details.may_edit}>
        {text("title")}
        {text("version")}
        {names("artists")}
        {text("album")}
        {names("album_artists")}
        {names("composers")}
        {names("genres")}
        <FieldRow>
          {text("year", true)}
          {text("disc_number", true)}
          {text("track_number", true)}
        </FieldRow>
        <div className={styles.check}>
          <CheckField
            label={editor.fields.compilation}
            checked={values.compilation}
            onChange={(event) => {
              set("compilation", event.target.checked)
            }}
          />
          {revert("compilation")}
        </div>
      </fieldset>
      <p className={styles.note}>{editor.note}</p>
      <DialogFoot>
        <Button look="plain" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button
          type="submit"
          look="primary"
          busy={busy}
          disabled={busy || !details.may_edit || Object.keys(problems).length > 0}
        >
          {words.save}
        </Button>
      </DialogFoot>
    </Form>
  )
}

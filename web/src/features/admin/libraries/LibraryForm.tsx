import { useQuery } from "@tanstack/react-query"
import { useState } from "react"

import styles from "@/features/admin/libraries/Libraries.module.css"
import { nameOf, usersQuery } from "@/features/admin/people"
import { useMay } from "@/shared/session/house"
import { Button } from "@/shared/ui/Button"
import { DialogFoot } from "@/shared/ui/Dialog"
import { CheckField, TextField } from "@/shared/ui/Field"
import { Form, useSending } from "@/shared/ui/Form"
import { useWords } from "@/shared/words/words"

export interface LibraryValues {
  name: string
  path: string
  everyone: boolean
  member_ids: string[]
}

interface LibraryFormProps {
  before: LibraryValues
  /** The folder of a library that is there already does not change. */
  withPath: boolean
  action: string
  onSubmit: (values: LibraryValues) => Promise<void>
  onClose: () => void
}

interface HearsProps {
  values: LibraryValues
  onChange: (values: LibraryValues) => void
}

/** Who may hear a library. */
function Hears({ values, onChange }: HearsProps) {
  const words = useWords().admin.libraries
  const users = useQuery({ ...usersQuery, enabled: useMay("users.manage") }).data?.items ?? []
  const toggle = (id: string, on: boolean) => {
    const others = values.member_ids.filter((other) => other !== id)
    onChange({ ...values, member_ids: on ? [...others, id] : others })
  }
  return (
    <fieldset className={styles.group}>
      <legend>{words.hears}</legend>
      {[true, false].map((everyone) => (
        <label key={String(everyone)} className={styles.choice}>
          <input
            type="radio"
            name="hears"
            checked={values.everyone === everyone}
            onChange={() => {
              onChange({ ...values, everyone })
            }}
          />
          {everyone ? words.everyone : words.some}
        </label>
      ))}
      {!values.everyone && (
        <div className={styles.people}>
          {users.map((user) => (
            <CheckField
              key={user.id}
              label={nameOf(user)}
              checked={values.member_ids.includes(user.id)}
              onChange={(event) => {
                toggle(user.id, event.target.checked)
              }}
            />
          ))}
        </div>
      )}
    </fieldset>
  )
}

/** The fields of a library. */
export function LibraryForm({ before, withPath, action, onSubmit, onClose }: LibraryFormProps) {
  const words = useWords()
  const own = words.admin.libraries
  const { busy, problem, problemOf, send } = useSending()
  const [values, setValues] = useState(before)
  const incomplete = !values.name.trim() || (withPath && !values.path.trim())
  return (
    <Form
      onSubmit={() =>
        void send(() => onSubmit({ ...values, name: values.name.trim(), path: values.path.trim() }))
      }
      problem={problem}
      fields={["name", "path"]}
    >
      {withPath && <p>{own.addText}</p>}
      <TextField
        label={own.name}
        maxLength={80}
        value={values.name}
        problem={problemOf("name")}
        onChange={(event) => {
          setValues({ ...values, name: event.target.value })
        }}
      />
      {withPath && (
        <TextField
          label={own.path}
          hint={own.pathHint}
          maxLength={4000}
          spellCheck={false}
          autoCapitalize="none"
          value={values.path}
          problem={problemOf("path")}
          onChange={(event) => {
            setValues({ ...values, path: event.target.value })
          }}
        />
      )}
      <Hears values={values} onChange={setValues} />
      <DialogFoot>
        <Button look="plain" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button type="submit" look="primary" busy={busy} disabled={busy || incomplete}>
          {action}
        </Button>
      </DialogFoot>
    </Form>
  )
}

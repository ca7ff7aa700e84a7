import { useState } from "react"

import { endOf, TERMS, type Term } from "@/features/sharing/terms"
import { createShare, type Share, type ShareTarget } from "@/shared/api/shares"
import { Button } from "@/shared/ui/Button"
import { DialogFoot } from "@/shared/ui/Dialog"
import { CheckField, PasswordField, SelectField, TextField } from "@/shared/ui/Field"
import { FieldRow, Form, useSending } from "@/shared/ui/Form"
import { useWords } from "@/shared/words/words"

interface NewShareFormProps {
  target: ShareTarget
  onMade: (share: Share) => void
  onClose: () => void
}

/** Asks how a link is to be. */
export function NewShareForm({ target, onMade, onClose }: NewShareFormProps) {
  const words = useWords()
  const { sharing } = words
  const { busy, problem, problemOf, send } = useSending()
  const [term, setTerm] = useState<Term>("month")
  const [password, setPassword] = useState("")
  const [description, setDescription] = useState("")
  const [downloads, setDownloads] = useState(false)
  const submit = () =>
    send(async () => {
      onMade(
        await createShare({
          targets: [target],
          description: description.trim(),
          password: password || null,
          may_download: downloads,
          expires_at: endOf(term),
        }),
      )
    })
  return (
    <Form onSubmit={() => void submit()} problem={problem} fields={["password", "description"]}>
      <FieldRow>
        <SelectField
          label={sharing.expires}
          value={term}
          onChange={(event) => {
            setTerm(event.target.value as Term)
          }}
        >
          {TERMS.map((one) => (
            <option key={one} value={one}>
              {sharing.terms[one]}
            </option>
          ))}
        </SelectField>
        <PasswordField
          label={`${sharing.password} (${words.optional})`}
          autoComplete="new-password"
          maxLength={200}
          value={password}
          problem={problemOf("password")}
          hint={sharing.passwordHint}
          onChange={(event) => {
            setPassword(event.target.value)
          }}
        />
      </FieldRow>
      <TextField
        label={`${sharing.description} (${words.optional})`}
        maxLength={500}
        value={description}
        problem={problemOf("description")}
        onChange={(event) => {
          setDescription(event.target.value)
        }}
      />
      <CheckField
        label={sharing.downloads}
        checked={downloads}
        onChange={(event) => {
          setDownloads(event.target.checked)
        }}
      />
      <DialogFoot>
        <Button look="plain" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button type="submit" look="primary" busy={busy}>
          {sharing.make}
        </Button>
      </DialogFoot>
    </Form>
  )
}

import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"

import { endOf, TERMS, type Term } from "@/features/sharing/terms"
import { changeShare, type Share, type ShareChange } from "@/shared/api/shares"
import { Button } from "@/shared/ui/Button"
import { Dialog, DialogFoot } from "@/shared/ui/Dialog"
import { CheckField, PasswordField, SelectField, TextField } from "@/shared/ui/Field"
import { Form, useSending } from "@/shared/ui/Form"
import { useWords } from "@/shared/words/words"

type Ending = Term | "kept"

interface Draft {
  description: string
  downloads: boolean
  ending: Ending
  password: string
  open: boolean
}

/** What is to change; what is left out stays. */
function changeOf({ description, downloads, ending, password, open }: Draft): ShareChange {
  const change: ShareChange = { description: description.trim(), may_download: downloads }
  if (ending !== "kept") change.expires_at = endOf(ending)
  if (open) change.password = null
  else if (password) change.password = password
  return change
}

/** Changes a public link; its address stays. */
export function EditShareDialog({ share, onClose }: { share: Share; onClose: () => void }) {
  const words = useWords()
  const { sharing } = words
  const client = useQueryClient()
  const { busy, problem, problemOf, send } = useSending()
  const [draft, setDraft] = useState<Draft>({
    description: share.description,
    downloads: share.may_download,
    ending: "kept",
    password: "",
    open: false,
  })
  const set = (change: Partial<Draft>) => {
    setDraft({ ...draft, ...change })
  }
  const submit = () =>
    send(async () => {
      await changeShare(share.id, changeOf(draft))
      await client.invalidateQueries({ queryKey: ["shares"] })
      onClose()
    })
  return (
    <Dialog title={sharing.edit} onClose={onClose}>
      <Form onSubmit={() => void submit()} problem={problem} fields={["password", "description"]}>
        <SelectField
          label={sharing.expires}
          value={draft.ending}
          onChange={(event) => {
            set({ ending: event.target.value as Ending })
          }}
        >
          {(["kept", ...TERMS] as const).map((one) => (
            <option key={one} value={one}>
              {sharing.terms[one]}
            </option>
          ))}
        </SelectField>
        {!draft.open && (
          <PasswordField
            label={`${share.has_password ? sharing.newPassword : sharing.password} (${words.optional})`}
            autoComplete="new-password"
            maxLength={200}
            value={draft.password}
            hint={sharing.passwordHint}
            problem={problemOf("password")}
            onChange={(event) => {
              set({ password: event.target.value })
            }}
          />
        )}
        {share.has_password && (
          <CheckField
            label={sharing.removePassword}
            checked={draft.open}
            onChange={(event) => {
              set({ open: event.target.checked })
            }}
          />
        )}
        <TextField
          label={`${sharing.description} (${words.optional})`}
          maxLength={500}
          value={draft.description}
          problem={problemOf("description")}
          onChange={(event) => {
            set({ description: event.target.value })
          }}
        />
        <CheckField
          label={sharing.downloads}
          checked={draft.downloads}
          onChange={(event) => {
            set({ downloads: event.target.checked })
          }}
        />
        <DialogFoot>
          <Button look="plain" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" look="primary" busy={busy}>
            {words.save}
          </Button>
        </DialogFoot>
      </Form>
    </Dialog>
  )
}

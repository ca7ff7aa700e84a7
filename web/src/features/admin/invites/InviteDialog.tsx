import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"

import { invitesQuery, wholeNumber } from "@/features/admin/invites/invites"
import { rolesBelow } from "@/features/admin/people"
import { api, take } from "@/shared/api/client"
import type { Invite, Role } from "@/shared/api/types"
import { useMe } from "@/shared/session/house"
import { Button } from "@/shared/ui/Button"
import { Dialog, DialogFoot } from "@/shared/ui/Dialog"
import { SelectField, TextField } from "@/shared/ui/Field"
import { FieldRow, Form, useSending } from "@/shared/ui/Form"
import { named, useWords } from "@/shared/words/words"

const MOST_USES = 1000
const MOST_DAYS = 365
const FIELDS = ["role", "email", "uses", "days", "note"]

interface InviteDialogProps {
  onMade: (invite: Invite) => void
  onClose: () => void
}

/** Asks for whom an invitation is. */
export function InviteDialog({ onMade, onClose }: InviteDialogProps) {
  const words = useWords()
  const own = words.admin.invites
  const client = useQueryClient()
  const { user } = useMe()
  const { busy, problem, problemOf, send } = useSending()
  const [role, setRole] = useState<Role>("member")
  const [email, setEmail] = useState("")
  const [uses, setUses] = useState("1")
  const [days, setDays] = useState("14")
  const [note, setNote] = useState("")
  const [useCount, dayCount] = [wholeNumber(uses, 1, MOST_USES), wholeNumber(days, 1, MOST_DAYS)]
  const submit = () =>
    send(async () => {
      if (useCount === null || dayCount === null) return
      const body = { role, email: email.trim() || null, uses: useCount, days: dayCount, note: note.trim() }
      const invite = await take(api.POST("/api/v1/invites", { body }))
      await client.invalidateQueries({ queryKey: invitesQuery.queryKey })
      onMade(invite)
    })
  return (
    <Dialog title={own.make} onClose={onClose}>
      <Form onSubmit={() => void submit()} problem={problem} fields={FIELDS}>
        <SelectField
          label={own.role}
          value={role}
          problem={problemOf("role")}
          onChange={(event) => {
            setRole(event.target.value as Role)
          }}
        >
          {rolesBelow(user.role).map((one) => (
            <option key={one} value={one}>
              {named(words.entry.roles, one)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={`${own.note} (${words.optional})`}
          maxLength={200}
          value={note}
          problem={problemOf("note")}
          onChange={(event) => {
            setNote(event.target.value)
          }}
        />
        <TextField
          label={`${own.email} (${words.optional})`}
          type="email"
          hint={own.emailHint}
          maxLength={254}
          value={email}
          problem={problemOf("email")}
          onChange={(event) => {
            setEmail(event.target.value)
          }}
        />
        <FieldRow>
          <TextField
            label={own.uses}
            inputMode="numeric"
            value={uses}
            problem={useCount === null ? own.numberBad(1, MOST_USES) : problemOf("uses")}
            onChange={(event) => {
              setUses(event.target.value)
            }}
          />
          <TextField
            label={own.days}
            inputMode="numeric"
            value={days}
            problem={dayCount === null ? own.numberBad(1, MOST_DAYS) : problemOf("days")}
            onChange={(event) => {
              setDays(event.target.value)
            }}
          />
        </FieldRow>
        <DialogFoot>
          <Button look="plain" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button
            type="submit"
            look="primary"
            busy={busy}
            disabled={busy || useCount === null || dayCount === null}
          >
            {own.create}
          </Button>
        </DialogFoot>
      </Form>
    </Dialog>
  )
}

import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"

import { nameOf, rolesBelow, usersQuery } from "@/features/admin/people"
import { api, take } from "@/shared/api/client"
import type { Role } from "@/shared/api/types"
import { useMe } from "@/shared/session/house"
import { Button } from "@/shared/ui/Button"
import { Dialog, DialogFoot } from "@/shared/ui/Dialog"
import { PasswordField, SelectField, TextField } from "@/shared/ui/Field"
import { Form, useSending } from "@/shared/ui/Form"
import { toast } from "@/shared/ui/toasts"
import { named, useWords } from "@/shared/words/words"

/** An account without an invitation. */
export function NewUserDialog({ onClose }: { onClose: () => void }) {
  const words = useWords()
  const own = words.admin.users
  const client = useQueryClient()
  const { user } = useMe()
  const { busy, problem, problemOf, send } = useSending()
  const [username, setUsername] = useState("")
  const [password, setPassword] = useState("")
  const [role, setRole] = useState<Role>("member")
  const submit = () =>
    send(async () => {
      const made = await take(
        api.POST("/api/v1/users", { body: { username: username.trim(), password, role } }),
      )
      await client.invalidateQueries({ queryKey: usersQuery.queryKey })
      toast(own.created(nameOf(made)))
      onClose()
    })
  return (
    <Dialog title={own.add} onClose={onClose}>
      <p>{own.addText}</p>
      <Form onSubmit={() => void submit()} problem={problem} fields={["username", "password", "role"]}>
        <TextField
          label={words.entry.username}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
          value={username}
          problem={problemOf("username")}
          onChange={(event) => {
            setUsername(event.target.value)
          }}
        />
        <PasswordField
          label={words.entry.password}
          autoComplete="new-password"
          maxLength={1000}
          hint={words.entry.passwordRule}
          value={password}
          problem={problemOf("password")}
          onChange={(event) => {
            setPassword(event.target.value)
          }}
        />
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
        <DialogFoot>
          <Button look="plain" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" look="primary" busy={busy} disabled={busy || !username.trim() || !password}>
            {own.add}
          </Button>
        </DialogFoot>
      </Form>
    </Dialog>
  )
}

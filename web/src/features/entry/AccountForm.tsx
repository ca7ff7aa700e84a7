import { useState } from "react"

import { Button } from "@/shared/ui/Button"
import { PasswordField, TextField } from "@/shared/ui/Field"
import { Form, useSending } from "@/shared/ui/Form"
import { useWords } from "@/shared/words/words"

export interface NewAccount {
  username: string
  password: string
  email: string | null
  display_name: string | null
}

interface AccountFormProps {
  action: string
  /** An address the account is bound to. */
  boundEmail?: string | null
  onSubmit: (account: NewAccount) => Promise<void>
}

const FIELDS = ["username", "password", "email", "display_name"]

/** Who somebody new wants to be. */
export function AccountForm({ action, boundEmail = null, onSubmit }: AccountFormProps) {
  const words = useWords()
  const { busy, problem, problemOf, send } = useSending()
  const [username, setUsername] = useState("")
  const [displayName, setDisplayName] = useState("")
  const [email, setEmail] = useState(boundEmail ?? "")
  const [password, setPassword] = useState("")
  const submit = () =>
    send(() =>
      onSubmit({
        username: username.trim(),
        password,
        email: email.trim() || null,
        display_name: displayName.trim() || null,
      }),
    )
  return (
    <Form onSubmit={() => void submit()} problem={problem} fields={FIELDS}>
      <TextField
        label={words.entry.username}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        maxLength={40}
        value={username}
        problem={problemOf("username")}
        onChange={(event) => {
          setUsername(event.target.value)
        }}
      />
      <TextField
        label={`${words.entry.displayName} (${words.optional})`}
        name="name"
        autoComplete="name"
        maxLength={80}
        value={displayName}
        problem={problemOf("display_name")}
        onChange={(event) => {
          setDisplayName(event.target.value)
        }}
      />
      <TextField
        label={boundEmail ? words.entry.email : `${words.entry.email} (${words.optional})`}
        type="email"
        name="email"
        autoComplete="email"
        maxLength={254}
        readOnly={boundEmail !== null}
        value={email}
        problem={problemOf("email")}
        onChange={(event) => {
          setEmail(event.target.value)
        }}
      />
      <PasswordField
        label={words.entry.password}
        name="password"
        autoComplete="new-password"
        required
        maxLength={1000}
        hint={words.entry.passwordRule}
        value={password}
        problem={problemOf("password")}
        onChange={(event) => {
          setPassword(event.target.value)
        }}
      />
      <Button type="submit" look="primary" busy={busy}>
        {action}
      </Button>
    </Form>
  )
}

import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"

import styles from "@/features/profile/Profile.module.css"
import { api, take } from "@/shared/api/client"
import { houseQuery, useMe } from "@/shared/session/house"
import { Badge } from "@/shared/ui/Badge"
import { Button } from "@/shared/ui/Button"
import { TextField } from "@/shared/ui/Field"
import { FieldRow, Form, useSending } from "@/shared/ui/Form"
import { toast } from "@/shared/ui/toasts"
import { named, useWords } from "@/shared/words/words"

/** One's name and address. */
export function AboutMe() {
  const words = useWords()
  const client = useQueryClient()
  const { user } = useMe()
  const { busy, problem, problemOf, send } = useSending()
  const [name, setName] = useState(user.display_name)
  const [email, setEmail] = useState(user.email ?? "")
  const submit = () =>
    send(async () => {
      const body = { display_name: name.trim(), email: email.trim() || null }
      const changed = await take(api.PATCH("/api/v1/me", { body }))
      client.setQueryData(houseQuery.queryKey, (house) =>
        house?.me ? { ...house, me: { ...house.me, user: changed } } : house,
      )
      toast(words.saved)
    })
  return (
    <Form
      onSubmit={() => void submit()}
      problem={problem}
      fields={["display_name", "email"]}
      className={styles.card}
    >
      <p className={styles.who}>
        <strong>{user.username}</strong>
        <Badge look="accent">{named(words.entry.roles, user.role)}</Badge>
      </p>
      <FieldRow>
        <TextField
          label={words.profile.displayName}
          autoComplete="name"
          maxLength={80}
          value={name}
          problem={problemOf("display_name")}
          onChange={(event) => {
            setName(event.target.value)
          }}
        />
        <TextField
          label={words.profile.email}
          type="email"
          autoComplete="email"
          maxLength={254}
          value={email}
          problem={problemOf("email")}
          onChange={(event) => {
            setEmail(event.target.value)
          }}
        />
      </FieldRow>
      <div>
        <Button type="submit" look="primary" busy={busy}>
          {words.save}
        </Button>
      </div>
    </Form>
  )
}

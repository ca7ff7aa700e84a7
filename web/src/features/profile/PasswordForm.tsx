import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"

import styles from "@/features/profile/Profile.module.css"
import { sessionsKey } from "@/features/profile/Sessions"
import { api, take } from "@/shared/api/client"
import { useMe } from "@/shared/session/house"
import { Button } from "@/shared/ui/Button"
import { PasswordField } from "@/shared/ui/Field"
import { FieldRow, Form, useSending } from "@/shared/ui/Form"
import { toast } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

/** A new password in place of the present one. */
export function PasswordForm() {
  const words = useWords()
  const client = useQueryClient()
  const { user } = useMe()
  const { busy, problem, problemOf, send } = useSending()
  const [current, setCurrent] = useState("")
  const [next, setNext] = useState("")
  const submit = () =>
    send(async () => {
      await take(api.POST("/api/v1/me/password", { body: { current, new: next } }))
      setCurrent("")
      setNext("")
      toast(words.profile.changed)
      await client.invalidateQueries({ queryKey: sessionsKey })
    })
  return (
    <Form
      onSubmit={() => void submit()}
      problem={problem}
      fields={["current", "new"]}
      className={styles.card}
    >
      <input type="hidden" name="username" autoComplete="username" value={user.username} readOnly />
      <FieldRow>
        <PasswordField
          label={words.profile.current}
          autoComplete="current-password"
          maxLength={1000}
          value={current}
          problem={problemOf("current")}
          onChange={(event) => {
            setCurrent(event.target.value)
          }}
        />
        <PasswordField
          label={words.profile.new}
          autoComplete="new-password"
          maxLength={1000}
          hint={words.entry.passwordRule}
          value={next}
          problem={problemOf("new") ?? problemOf("password")}
          onChange={(event) => {
            setNext(event.target.value)
          }}
        />
      </FieldRow>
      <div>
        <Button type="submit" busy={busy} disabled={busy || !current || !next}>
          {words.profile.change}
        </Button>
      </div>
    </Form>
  )
}

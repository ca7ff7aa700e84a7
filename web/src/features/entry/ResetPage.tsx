import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { Link, useParams } from "react-router"

import { Entrance } from "@/features/entry/Entrance"
import styles from "@/features/entry/Entrance.module.css"
import { useComeIn } from "@/features/entry/useComeIn"
import { api, take } from "@/shared/api/client"
import { Button } from "@/shared/ui/Button"
import { PasswordField } from "@/shared/ui/Field"
import { Form, useSending } from "@/shared/ui/Form"
import { Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

function ResetForm({ token, username }: { token: string; username: string }) {
  const words = useWords().entry
  const comeIn = useComeIn()
  const { busy, problem, problemOf, send } = useSending()
  const [password, setPassword] = useState("")
  const submit = () =>
    send(async () => {
      const body = { token, password }
      const { me } = await take(
        api.POST("/api/v1/auth/reset", { params: { query: { session: "cookie" } }, body }),
      )
      comeIn(me)
    })
  return (
    <>
      <p className={styles.text}>{words.reset.text(username)}</p>
      <Form onSubmit={() => void submit()} problem={problem} fields={["password"]}>
        <input type="hidden" name="username" autoComplete="username" value={username} readOnly />
        <PasswordField
          label={words.password}
          name="password"
          autoComplete="new-password"
          autoFocus
          required
          maxLength={1000}
          hint={words.passwordRule}
          value={password}
          problem={problemOf("password")}
          onChange={(event) => {
            setPassword(event.target.value)
          }}
        />
        <Button type="submit" look="primary" busy={busy}>
          {words.reset.action}
        </Button>
      </Form>
    </>
  )
}

/** Somebody follows a link that an administrator made for them. */
export default function ResetPage() {
  const words = useWords().entry
  const { token = "" } = useParams()
  const query = useQuery({
    queryKey: ["entry", "reset", token],
    queryFn: () => take(api.GET("/api/v1/auth/reset/{token}", { params: { path: { token } } })),
    retry: false,
  })
  return (
    <Entrance title={words.reset.title}>
      <Shown query={query}>{({ username }) => <ResetForm token={token} username={username} />}</Shown>
      <Link to="/sign-in" className={styles.elsewhere}>
        {words.signIn}
      </Link>
    </Entrance>
  )
}

import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { Link, Navigate, useSearchParams } from "react-router"

import { Entrance } from "@/features/entry/Entrance"
import styles from "@/features/entry/Entrance.module.css"
import { safePlace, useComeIn } from "@/features/entry/useComeIn"
import { api, take } from "@/shared/api/client"
import { houseQuery } from "@/shared/session/house"
import { Button } from "@/shared/ui/Button"
import { PasswordField, TextField } from "@/shared/ui/Field"
import { Form, useSending } from "@/shared/ui/Form"
import { Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

function SignInForm({ next }: { next: string | null }) {
  const words = useWords()
  const comeIn = useComeIn()
  const { busy, problem, send } = useSending()
  const [login, setLogin] = useState("")
  const [password, setPassword] = useState("")
  const submit = () =>
    send(async () => {
      const body = { login: login.trim(), password }
      const { me } = await take(
        api.POST("/api/v1/auth/sign-in", { params: { query: { session: "cookie" } }, body }),
      )
      comeIn(me, next)
    })
  return (
    <Form onSubmit={() => void submit()} problem={problem}>
      <TextField
        label={words.entry.login}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        value={login}
        onChange={(event) => {
          setLogin(event.target.value)
        }}
      />
      <PasswordField
        label={words.entry.password}
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => {
          setPassword(event.target.value)
        }}
      />
      <Button type="submit" look="primary" busy={busy} disabled={busy || !login.trim() || !password}>
        {words.entry.signIn}
      </Button>
    </Form>
  )
}

export default function SignInPage() {
  const words = useWords()
  const query = useQuery(houseQuery)
  const [parameters] = useSearchParams()
  const next = parameters.get("next")
  return (
    <Shown query={query}>
      {(house) => {
        if (house.me) return <Navigate to={safePlace(next)} replace />
        if (house.needs_setup) return <Navigate to="/setup" replace />
        return (
          <Entrance
            title={house.name === "Sarau" ? words.entry.welcome : house.name}
            text={words.entry.welcomeText}
          >
            <SignInForm next={next} />
            <Link to="/invite" className={styles.elsewhere}>
              {words.entry.haveInvite}
            </Link>
          </Entrance>
        )
      }}
    </Shown>
  )
}

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { Smartphone } from "lucide-react"
import { useState } from "react"

import styles from "@/features/profile/Profile.module.css"
import { api, take } from "@/shared/api/client"
import type { components } from "@/shared/api/schema"
import { ago } from "@/shared/format/time"
import { useMe } from "@/shared/session/house"
import { Button } from "@/shared/ui/Button"
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog"
import { CopyField } from "@/shared/ui/CopyField"
import { Dialog } from "@/shared/ui/Dialog"
import { TextField } from "@/shared/ui/Field"
import { Form, useSending } from "@/shared/ui/Form"
import { List, ListItem } from "@/shared/ui/List"
import { Shown } from "@/shared/ui/States"
import { useLocale, useWords } from "@/shared/words/words"

type AppPassword = components["schemas"]["AppPassword"]

interface Made {
  name: string
  secret: string
}

const KEY = ["me", "app-passwords"]

function NewPassword({ onMade }: { onMade: (made: Made) => void }) {
  const words = useWords().profile
  const client = useQueryClient()
  const { busy, problem, problemOf, send } = useSending()
  const [typed, setTyped] = useState("")
  const name = typed.trim()
  const submit = () =>
    send(async () => {
      const { secret } = await take(api.POST("/api/v1/me/app-passwords", { body: { name } }))
      setTyped("")
      onMade({ name, secret })
      await client.invalidateQueries({ queryKey: KEY })
    })
  return (
    <Form onSubmit={() => void submit()} problem={problem} fields={["name"]} className={styles.line}>
      <TextField
        label={words.appName}
        maxLength={80}
        value={typed}
        problem={problemOf("name")}
        onChange={(event) => {
          setTyped(event.target.value)
        }}
      />
      <Button type="submit" busy={busy} disabled={busy || !name}>
        {words.makePassword}
      </Button>
    </Form>
  )
}

function useUse(): (password: AppPassword) => string {
  const words = useWords().profile
  const locale = useLocale()
  return ({ last_used_at: used, last_client: app }) => {
    if (!used) return words.neverUsed
    return [words.lastUsed(ago(used, locale)), app && words.usedBy(app)].filter(Boolean).join(" ")
  }
}

interface PasswordsProps {
  items: readonly AppPassword[]
  onRevoke: (password: AppPassword) => void
}

function Passwords({ items, onRevoke }: PasswordsProps) {
  const words = useWords().profile
  const use = useUse()
  if (items.length === 0) return <p className={styles.note}>{words.noApps}</p>
  return (
    <List label={words.apps}>
      {items.map((password) => (
        <ListItem
          key={password.id}
          lead={<Smartphone size={22} />}
          title={password.name}
          text={use(password)}
          aside={
            <Button
              aria-label={words.revokeApp(password.name)}
              onClick={() => {
                onRevoke(password)
              }}
            >
              {words.lockOut}
            </Button>
          }
        />
      ))}
    </List>
  )
}

/** All that is to be typed into the app, shown this once. */
function Instructions({ made, onClose }: { made: Made; onClose: () => void }) {
  const words = useWords().profile
  const { user } = useMe()
  return (
    <Dialog title={words.appMade(made.name)} onClose={onClose}>
      <p>{words.appMadeText}</p>
      <CopyField label={words.server} text={location.origin} />
      <CopyField label={words.username} text={user.username} />
      <CopyField label={words.appPassword} text={made.secret} />
      <ol className={styles.steps}>
        {words.appHow.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </Dialog>
  )
}

/** Passwords for apps that speak the language of Subsonic. */
export function AppPasswords() {
  const words = useWords().profile
  const client = useQueryClient()
  const query = useQuery({ queryKey: KEY, queryFn: () => take(api.GET("/api/v1/me/app-passwords")) })
  const [made, setMade] = useState<Made | null>(null)
  const [revoking, setRevoking] = useState<AppPassword | null>(null)
  const revoke = async ({ id }: AppPassword) => {
    const params = { path: { app_password_id: id } }
    await take(api.DELETE("/api/v1/me/app-passwords/{app_password_id}", { params }))
    await client.invalidateQueries({ queryKey: KEY })
  }
  return (
    <>
      <p className={styles.note}>{words.appsText}</p>
      <Shown query={query}>{({ items }) => <Passwords items={items} onRevoke={setRevoking} />}</Shown>
      <NewPassword onMade={setMade} />
      {made && (
        <Instructions
          made={made}
          onClose={() => {
            setMade(null)
          }}
        />
      )}
      {revoking && (
        <ConfirmDialog
          question={words.revokeAppQuestion(revoking.name)}
          action={words.lockOut}
          onConfirm={() => revoke(revoking)}
          onClose={() => {
            setRevoking(null)
          }}
        />
      )}
    </>
  )
}

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { KeyRound } from "lucide-react"
import { useState } from "react"

import styles from "@/features/profile/Profile.module.css"
import { api, take } from "@/shared/api/client"
import type { ApiKey } from "@/shared/api/types"
import { ago } from "@/shared/format/time"
import { Button } from "@/shared/ui/Button"
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog"
import { CopyField } from "@/shared/ui/CopyField"
import { Dialog } from "@/shared/ui/Dialog"
import { TextField } from "@/shared/ui/Field"
import { Form, useSending } from "@/shared/ui/Form"
import { List, ListItem } from "@/shared/ui/List"
import { Shown } from "@/shared/ui/States"
import { useLocale, useWords } from "@/shared/words/words"

const KEY = ["me", "api-keys"]

function NewKey({ onMade }: { onMade: (secret: string) => void }) {
  const words = useWords().profile
  const client = useQueryClient()
  const { busy, problem, problemOf, send } = useSending()
  const [name, setName] = useState("")
  const submit = () =>
    send(async () => {
      const { secret } = await take(api.POST("/api/v1/me/api-keys", { body: { name: name.trim() } }))
      setName("")
      onMade(secret)
      await client.invalidateQueries({ queryKey: KEY })
    })
  return (
    <Form onSubmit={() => void submit()} problem={problem} fields={["name"]} className={styles.line}>
      <TextField
        label={words.keyName}
        maxLength={80}
        value={name}
        problem={problemOf("name")}
        onChange={(event) => {
          setName(event.target.value)
        }}
      />
      <Button type="submit" busy={busy} disabled={busy || !name.trim()}>
        {words.makeKey}
      </Button>
    </Form>
  )
}

function Keys({ items, onRevoke }: { items: readonly ApiKey[]; onRevoke: (key: ApiKey) => void }) {
  const words = useWords().profile
  const locale = useLocale()
  if (items.length === 0) return <p className={styles.note}>{words.noKeys}</p>
  return (
    <List label={words.keys}>
      {items.map((key) => (
        <ListItem
          key={key.id}
          lead={<KeyRound size={22} />}
          title={key.name}
          text={`${key.hint}… · ${key.last_used_at ? words.lastUsed(ago(key.last_used_at, locale)) : words.neverUsed}`}
          aside={
            <Button
              aria-label={words.revokeKey(key.name)}
              onClick={() => {
                onRevoke(key)
              }}
            >
              {words.revoke}
            </Button>
          }
        />
      ))}
    </List>
  )
}

/** Keys for apps. */
export function ApiKeys() {
  const words = useWords().profile
  const client = useQueryClient()
  const query = useQuery({ queryKey: KEY, queryFn: () => take(api.GET("/api/v1/me/api-keys")) })
  const [secret, setSecret] = useState<string | null>(null)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const revoke = async ({ id }: ApiKey) => {
    await take(api.DELETE("/api/v1/me/api-keys/{key_id}", { params: { path: { key_id: id } } }))
    await client.invalidateQueries({ queryKey: KEY })
  }
  return (
    <>
      <p className={styles.note}>{words.keysText}</p>
      <Shown query={query}>{({ items }) => <Keys items={items} onRevoke={setRevoking} />}</Shown>
      <NewKey onMade={setSecret} />
      {secret !== null && (
        <Dialog
          title={words.keys}
          onClose={() => {
            setSecret(null)
          }}
        >
          <p>{words.keyMade}</p>
          <CopyField label={words.key} text={secret} />
        </Dialog>
      )}
      {revoking && (
        <ConfirmDialog
          question={words.revokeQuestion(revoking.name)}
          action={words.revoke}
          onConfirm={() => revoke(revoking)}
          onClose={() => {
            setRevoking(null)
          }}
        />
      )}
    </>
  )
}

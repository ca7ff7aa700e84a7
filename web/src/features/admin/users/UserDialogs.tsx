import { useQuery } from "@tanstack/react-query"
import { useState } from "react"

import { nameOf } from "@/features/admin/people"
import { useChangeUser } from "@/features/admin/users/useChangeUser"
import { api, take } from "@/shared/api/client"
import type { User } from "@/shared/api/types"
import { moment } from "@/shared/format/time"
import { Button } from "@/shared/ui/Button"
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog"
import { CopyField } from "@/shared/ui/CopyField"
import { Dialog, DialogFoot } from "@/shared/ui/Dialog"
import { TextField } from "@/shared/ui/Field"
import { Form, useSending } from "@/shared/ui/Form"
import { Shown } from "@/shared/ui/States"
import { useLocale, useWords } from "@/shared/words/words"

export interface OpenDialog {
  kind: "reset" | "quota" | "disable"
  user: User
}

interface UserDialogProps {
  user: User
  onClose: () => void
}

const GIGABYTE = 1e9

function ResetDialog({ user, onClose }: UserDialogProps) {
  const words = useWords().admin.users
  const locale = useLocale()
  const query = useQuery({
    queryKey: ["admin", "reset-link", user.id],
    queryFn: () =>
      take(api.POST("/api/v1/users/{user_id}/reset-link", { params: { path: { user_id: user.id } } })),
    // Each opening makes one new link, and only one.
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
  })
  return (
    <Dialog title={words.resetTitle(nameOf(user))} onClose={onClose}>
      <Shown query={query}>
        {({ url, expires_at: until }) => (
          <>
            <p>{words.resetText(moment(until, locale))}</p>
            <CopyField label={words.resetLink} text={url} />
          </>
        )}
      </Shown>
    </Dialog>
  )
}

/** Gigabytes as typed, in bytes; null for no limit, undefined for what is no number. */
export function quotaOf(text: string): number | null | undefined {
  if (text.trim() === "") return null
  const gigabytes = Number(text.replace(",", "."))
  return Number.isFinite(gigabytes) && gigabytes >= 0 && gigabytes < 1e8
    ? Math.round(gigabytes * GIGABYTE)
    : undefined
}

function QuotaDialog({ user, onClose }: UserDialogProps) {
  const words = useWords()
  const own = words.admin.users
  const change = useChangeUser()
  const { busy, problem, problemOf, send } = useSending()
  const [text, setText] = useState(user.quota_bytes === null ? "" : String(user.quota_bytes / GIGABYTE))
  const quota = quotaOf(text)
  const submit = () =>
    send(async () => {
      if (quota === undefined) return
      await change(user, { quota_bytes: quota })
      onClose()
    })
  return (
    <Dialog title={own.quotaTitle(nameOf(user))} onClose={onClose}>
      <Form onSubmit={() => void submit()} problem={problem} fields={["quota_bytes"]}>
        <TextField
          label={own.quotaField}
          inputMode="decimal"
          hint={own.quotaHint}
          value={text}
          problem={quota === undefined ? own.quotaBad : problemOf("quota_bytes")}
          onChange={(event) => {
            setText(event.target.value)
          }}
        />
        <DialogFoot>
          <Button look="plain" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" look="primary" busy={busy} disabled={busy || quota === undefined}>
            {words.save}
          </Button>
        </DialogFoot>
      </Form>
    </Dialog>
  )
}

function DisableDialog({ user, onClose }: UserDialogProps) {
  const words = useWords().admin.users
  const change = useChangeUser()
  return (
    <ConfirmDialog
      question={words.disableQuestion(nameOf(user))}
      text={words.disableText}
      action={words.disable}
      onConfirm={() => change(user, { disabled: true })}
      onClose={onClose}
    />
  )
}

/** The dialog about an account that is open. */
export function UserDialogs({ open, onClose }: { open: OpenDialog; onClose: () => void }) {
  const dialogs = { reset: ResetDialog, quota: QuotaDialog, disable: DisableDialog }
  const Shown = dialogs[open.kind]
  return <Shown user={open.user} onClose={onClose} />
}

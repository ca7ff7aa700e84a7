import { useState } from "react"

import { Button } from "@/shared/ui/Button"
import { Dialog, DialogFoot } from "@/shared/ui/Dialog"
import { TextField } from "@/shared/ui/Field"
import { Form, useSending } from "@/shared/ui/Form"
import { useWords } from "@/shared/words/words"

interface NameDialogProps {
  title: string
  action: string
  name?: string
  label?: string
  onName: (name: string) => Promise<void>
  onClose: () => void
}

/** Asks for the name of a playlist or folder. */
export function NameDialog({ title, action, name = "", label, onName, onClose }: NameDialogProps) {
  const words = useWords()
  const [typed, setTyped] = useState(name)
  const { busy, problem, problemOf, send } = useSending()
  const submit = () =>
    send(async () => {
      await onName(typed.trim())
      onClose()
    })
  return (
    <Dialog title={title} onClose={onClose}>
      <Form onSubmit={() => void submit()} problem={problem} fields={["name"]}>
        <TextField
          label={label ?? words.collection.name}
          value={typed}
          maxLength={200}
          problem={problemOf("name")}
          onChange={(event) => {
            setTyped(event.target.value)
          }}
        />
        <DialogFoot>
          <Button look="plain" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" look="primary" busy={busy} disabled={busy || typed.trim() === ""}>
            {action}
          </Button>
        </DialogFoot>
      </Form>
    </Dialog>
  )
}

import { useState } from "react"

import { Button } from "@/shared/ui/Button"
import { Dialog, DialogFoot } from "@/shared/ui/Dialog"
import { toastProblem } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

interface ConfirmDialogProps {
  question: string
  text?: string
  action: string
  onConfirm: () => Promise<void>
  onClose: () => void
}

/** Asks before something that is not easily taken back. */
export function ConfirmDialog({ question, text, action, onConfirm, onClose }: ConfirmDialogProps) {
  const words = useWords()
  const [busy, setBusy] = useState(false)
  const confirm = async () => {
    setBusy(true)
    try {
      await onConfirm()
      onClose()
    } catch (error) {
      toastProblem(error)
      setBusy(false)
    }
  }
  return (
    <Dialog title={question} onClose={onClose}>
      {text && <p>{text}</p>}
      <DialogFoot>
        <Button look="plain" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button look="danger" busy={busy} onClick={() => void confirm()}>
          {action}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}

import { useState } from "react"

import type { Repeats } from "@/shared/api/playlists"
import { Button } from "@/shared/ui/Button"
import { Dialog, DialogFoot } from "@/shared/ui/Dialog"
import { useWords } from "@/shared/words/words"

interface RepeatsDialogProps {
  /** What the playlist is called. */
  name: string
  /** How many of the tracks are in it already. */
  there: number
  /** How many tracks are to be added. */
  of: number
  onAdd: (repeats: Repeats) => Promise<void>
  onClose: () => void
}

/** Asks what is to become of tracks that are in the playlist already. */
export function RepeatsDialog({ name, there, of, onAdd, onClose }: RepeatsDialogProps) {
  const words = useWords()
  const { collection } = words
  const [busy, setBusy] = useState(false)
  const add = async (repeats: Repeats) => {
    setBusy(true)
    await onAdd(repeats)
    setBusy(false)
  }
  return (
    <Dialog title={collection.repeatsTitle} onClose={onClose}>
      <p>{collection.repeats(there, of, name)}</p>
      <DialogFoot>
        <Button look="plain" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button disabled={busy} onClick={() => void add("add")}>
          {collection.addAnyway}
        </Button>
        {there < of && (
          <Button look="primary" disabled={busy} onClick={() => void add("skip")}>
            {collection.addNew}
          </Button>
        )}
      </DialogFoot>
    </Dialog>
  )
}

import { useQueryClient } from "@tanstack/react-query"

import { trackChangedInQueue } from "@/player/engine/controls"
import { catalogueChanged } from "@/shared/api/catalogue"
import { api, take } from "@/shared/api/client"
import type { Track } from "@/shared/api/types"
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog"
import { toast } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

/** Puts a track into the bin. */
export function BinDialog({ track, onClose }: { track: Track; onClose: () => void }) {
  const words = useWords().catalogue
  const client = useQueryClient()
  const bin = async () => {
    await take(api.DELETE("/api/v1/tracks/{track_id}", { params: { path: { track_id: track.id } } }))
    trackChangedInQueue(track.id, null)
    await catalogueChanged(client)
    toast(words.binned)
  }
  return (
    <ConfirmDialog
      question={words.binQuestion(track.title)}
      text={words.binText}
      action={words.binTrack}
      onConfirm={bin}
      onClose={onClose}
    />
  )
}

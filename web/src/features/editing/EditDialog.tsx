import { useQuery } from "@tanstack/react-query"

import { EditForm } from "@/features/editing/EditForm"
import { EditManyForm } from "@/features/editing/EditManyForm"
import { trackQuery } from "@/shared/api/catalogue"
import type { Track } from "@/shared/api/types"
import { Dialog } from "@/shared/ui/Dialog"
import { Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

function EditOne({ track, onClose }: { track: Track; onClose: () => void }) {
  const query = useQuery(trackQuery(track.id))
  return <Shown query={query}>{(details) => <EditForm details={details} onClose={onClose} />}</Shown>
}

/** Corrects one track in all its fields, or several in what they share. */
export function EditDialog({ tracks, onClose }: { tracks: Track[]; onClose: () => void }) {
  const words = useWords()
  const [first] = tracks
  const many = tracks.length > 1
  const title = many
    ? words.catalogue.editor.many(words.counts.tracks(tracks.length))
    : words.catalogue.editor.title
  return (
    <Dialog title={title} onClose={onClose} wide>
      {many ? (
        <EditManyForm tracks={tracks} onClose={onClose} />
      ) : (
        first && <EditOne track={first} onClose={onClose} />
      )}
    </Dialog>
  )
}

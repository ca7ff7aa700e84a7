import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"

import { conflictOf } from "@/features/playlists/conflict"
import { ConflictNotice } from "@/features/playlists/ConflictNotice"
import { CoverField } from "@/features/playlists/CoverField"
import styles from "@/features/playlists/Details.module.css"
import { changeOf, draftOf, type Draft } from "@/features/playlists/details"
import { RightsFields } from "@/features/playlists/RightsFields"
import { changePlaylist, playlistQuery, type PlaylistDetails } from "@/shared/api/playlists"
import { Button } from "@/shared/ui/Button"
import { Dialog, DialogFoot } from "@/shared/ui/Dialog"
import { TextAreaField, TextField } from "@/shared/ui/Field"
import { Form, useSending } from "@/shared/ui/Form"
import { Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

interface DetailsFormProps {
  playlist: PlaylistDetails
  onClose: () => void
}

function DetailsForm({ playlist, onClose }: DetailsFormProps) {
  const words = useWords()
  const { collection } = words
  const client = useQueryClient()
  // As it was when the form was opened: others may change it meanwhile.
  const [known] = useState(playlist)
  const [draft, setDraft] = useState(() => draftOf(playlist))
  const { busy, problem, problemOf, send } = useSending()
  const conflict = conflictOf(problem)
  const set = (change: Partial<Draft>) => {
    setDraft({ ...draft, ...change })
  }
  const save = (version: number | null) =>
    send(async () => {
      await changePlaylist(known.id, { ...changeOf(known, draft), version })
      await client.invalidateQueries({ queryKey: ["playlists"] })
      onClose()
    })
  return (
    <Form
      onSubmit={() => void save(known.version)}
      problem={conflict ? null : problem}
      fields={["name", "description", "editors"]}
    >
      {conflict && (
        <ConflictNotice
          changes={conflict}
          onMine={() => void save(null)}
          onTheirs={() => {
            void client.invalidateQueries({ queryKey: ["playlists"] })
            onClose()
          }}
        />
      )}
      <CoverField playlist={playlist} />
      <TextField
        label={collection.name}
        value={draft.name}
        maxLength={200}
        problem={problemOf("name")}
        onChange={(event) => {
          set({ name: event.target.value })
        }}
      />
      <TextAreaField
        label={`${collection.description} (${words.optional})`}
        className={styles.description}
        value={draft.description}
        maxLength={4000}
        problem={problemOf("description")}
        onChange={(event) => {
          set({ description: event.target.value })
        }}
      />
      <RightsFields playlist={known} draft={draft} problem={problemOf("editors")} onChange={set} />
      <DialogFoot>
        <Button look="plain" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button type="submit" look="primary" busy={busy} disabled={busy || draft.name.trim() === ""}>
          {words.save}
        </Button>
      </DialogFoot>
    </Form>
  )
}

/** Changes what a playlist is called, how it looks, and who may see and change it. */
export function DetailsDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const words = useWords().collection
  const query = useQuery(playlistQuery(id))
  return (
    <Dialog title={words.details} onClose={onClose}>
      <Shown query={query}>{(playlist) => <DetailsForm playlist={playlist} onClose={onClose} />}</Shown>
    </Dialog>
  )
}

import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { useNavigate, useSearchParams } from "react-router"

import { conflictOf } from "@/features/playlists/conflict"
import { ConflictNotice } from "@/features/playlists/ConflictNotice"
import { DraftFields } from "@/features/playlists/rules/DraftFields"
import { draftOf, newCondition, newGroup, rulesOf, type RulesDraft } from "@/features/playlists/rules/draft"
import { Count, Preview, usePreview } from "@/features/playlists/rules/Preview"
import styles from "@/features/playlists/rules/Rules.module.css"
import { changePlaylist, createPlaylist, type PlaylistDetails } from "@/shared/api/playlists"
import type { RuleField, SmartRules } from "@/shared/api/rules"
import { Button } from "@/shared/ui/Button"
import { TextField } from "@/shared/ui/Field"
import { Form, useSending } from "@/shared/ui/Form"
import { Page } from "@/shared/ui/Page"
import { toast } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

interface RulesEditorProps {
  fields: readonly RuleField[]
  /** Whose rules they are; null for a playlist that is being made. */
  playlist: PlaylistDetails | null
}

function startOf({ fields, playlist }: RulesEditorProps): RulesDraft {
  if (playlist?.rules) return draftOf(playlist.rules)
  const usual = fields.find(({ name }) => name === "genre")
  return { match: newGroup("all", usual ? [newCondition(usual)] : []), sort: [], limit: "" }
}

interface NameFieldProps {
  name: string
  problem: string | undefined
  onChange: (name: string) => void
}

function NameField({ name, problem, onChange }: NameFieldProps) {
  const words = useWords().collection
  return (
    <TextField
      label={words.name}
      value={name}
      maxLength={200}
      problem={problem}
      onChange={(event) => {
        onChange(event.target.value)
      }}
    />
  )
}

/** Saves rules, those of a new playlist too, and goes there. */
function useSaving(known: PlaylistDetails | null, name: string, rules: SmartRules) {
  const words = useWords().rules
  const client = useQueryClient()
  const navigate = useNavigate()
  const folder = useSearchParams()[0].get("folder")
  const { busy, problem, problemOf, send } = useSending()
  const leave = async (id: string) => {
    await client.invalidateQueries({ queryKey: ["playlists"] })
    await navigate(`/playlists/${id}`, { replace: true })
  }
  const save = (version: number | null) =>
    send(async () => {
      const { id } = known
        ? await changePlaylist(known.id, { rules, version })
        : await createPlaylist({ name: name.trim(), rules, folder_id: folder })
      toast(words.saved)
      await leave(id)
    })
  return { busy, problem, conflict: conflictOf(problem), problemOf, save, leave }
}

/** Edits rules, and shows beside them what they choose. */
export function RulesEditor({ fields, playlist }: RulesEditorProps) {
  const words = useWords()
  const { rules: own, collection } = words
  const navigate = useNavigate()
  // As they were when they were opened: others may change them meanwhile.
  const [known] = useState(playlist)
  const [draft, setDraft] = useState(() => startOf({ fields, playlist }))
  const [name, setName] = useState("")
  const { rules, whole } = rulesOf(draft, new Map(fields.map((field) => [field.name, field])))
  const about = known
    ? { title: known.name, name: known.name, action: words.save, version: known.version }
    : { title: own.newTitle, name, action: collection.create, version: null }
  const lacks = !whole ? own.incomplete : about.name.trim() === "" ? own.nameless : null
  const ready = lacks === null
  const preview = usePreview(rules)
  const { busy, problem, conflict, problemOf, save, leave } = useSaving(known, name, rules)
  return (
    <Page title={about.title} text={own.text}>
      <Form
        className={styles.form}
        onSubmit={() => void (ready && save(about.version))}
        problem={conflict ? null : problem}
        fields={["name"]}
      >
        {conflict && known && (
          <ConflictNotice
            changes={conflict}
            onMine={() => void save(null)}
            onTheirs={() => void leave(known.id)}
          />
        )}
        {known === null && <NameField name={name} problem={problemOf("name")} onChange={setName} />}
        <DraftFields draft={draft} fields={fields} onChange={setDraft} />
        <div className={styles.bar}>
          <Button type="submit" look="primary" busy={busy} disabled={busy || !ready}>
            {about.action}
          </Button>
          <Button look="plain" onClick={() => void navigate(-1)}>
            {words.cancel}
          </Button>
          <Count {...preview} lacks={lacks} />
        </div>
      </Form>
      <Preview {...preview} />
    </Page>
  )
}

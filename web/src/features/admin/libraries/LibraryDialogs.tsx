import { useQuery, useQueryClient } from "@tanstack/react-query"

import styles from "@/features/admin/libraries/Libraries.module.css"
import { managedQuery, missingQuery, problemsQuery } from "@/features/admin/libraries/libraries"
import { LibraryForm, type LibraryValues } from "@/features/admin/libraries/LibraryForm"
import { catalogueChanged } from "@/shared/api/catalogue"
import { api, take } from "@/shared/api/client"
import type { ManagedLibrary } from "@/shared/api/types"
import { ago } from "@/shared/format/time"
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog"
import { Dialog } from "@/shared/ui/Dialog"
import { List, ListItem } from "@/shared/ui/List"
import { Empty, Shown } from "@/shared/ui/States"
import { toast } from "@/shared/ui/toasts"
import { useLocale, useWords } from "@/shared/words/words"

export type OpenDialog =
  { kind: "new" } | { kind: "change" | "remove" | "problems" | "missing"; library: ManagedLibrary }

interface OneProps {
  library: ManagedLibrary
  onClose: () => void
}

function NewLibrary({ onAdded, onClose }: { onAdded: () => void; onClose: () => void }) {
  const words = useWords().admin.libraries
  const client = useQueryClient()
  const add = async (values: LibraryValues) => {
    await take(api.POST("/api/v1/admin/libraries", { body: values }))
    await client.invalidateQueries({ queryKey: managedQuery.queryKey })
    toast(words.created)
    onAdded()
    onClose()
  }
  const before = { name: "", path: "", everyone: true, member_ids: [] }
  return (
    <Dialog title={words.add} onClose={onClose}>
      <LibraryForm before={before} withPath action={words.create} onSubmit={add} onClose={onClose} />
    </Dialog>
  )
}

function ChangeLibrary({ library, onClose }: OneProps) {
  const words = useWords()
  const client = useQueryClient()
  const { id, name, everyone, member_ids: members = [] } = library
  const change = async (values: LibraryValues) => {
    const body = { name: values.name, everyone: values.everyone, member_ids: values.member_ids }
    await take(
      api.PATCH("/api/v1/admin/libraries/{library_id}", { params: { path: { library_id: id } }, body }),
    )
    await client.invalidateQueries({ queryKey: managedQuery.queryKey })
    await catalogueChanged(client)
    toast(words.saved)
    onClose()
  }
  const before = { name, path: library.path ?? "", everyone, member_ids: members }
  return (
    <Dialog title={words.admin.libraries.settings} onClose={onClose}>
      <LibraryForm before={before} withPath={false} action={words.save} onSubmit={change} onClose={onClose} />
    </Dialog>
  )
}

function RemoveLibrary({ library, onClose }: OneProps) {
  const words = useWords().admin.libraries
  const client = useQueryClient()
  const remove = async () => {
    await take(
      api.DELETE("/api/v1/admin/libraries/{library_id}", { params: { path: { library_id: library.id } } }),
    )
    await client.invalidateQueries({ queryKey: managedQuery.queryKey })
    await catalogueChanged(client)
    toast(words.removed)
  }
  return (
    <ConfirmDialog
      question={words.removeQuestion(library.name)}
      text={words.removeText}
      action={words.remove}
      onConfirm={remove}
      onClose={onClose}
    />
  )
}

function Problems({ library, onClose }: OneProps) {
  const words = useWords().admin.libraries
  const query = useQuery(problemsQuery(library.id))
  return (
    <Dialog title={`${words.problems}: ${library.name}`} onClose={onClose} wide>
      <Shown query={query}>
        {({ items }) =>
          items.length > 0 ? (
            <>
              <p>{words.problemsText}</p>
              <div className={styles.long} tabIndex={0} role="region" aria-label={words.problems}>
                <List label={words.problems}>
                  {items.map(({ path, reason }) => (
                    <ListItem key={path} title={path} text={reason} />
                  ))}
                </List>
              </div>
            </>
          ) : (
            <Empty title={words.noProblems} />
          )
        }
      </Shown>
    </Dialog>
  )
}

function Missing({ library, onClose }: OneProps) {
  const words = useWords().admin.libraries
  const locale = useLocale()
  const query = useQuery(missingQuery(library.id))
  return (
    <Dialog title={`${words.missing}: ${library.name}`} onClose={onClose} wide>
      <Shown query={query}>
        {({ items }) =>
          items.length > 0 ? (
            <>
              <p>{words.missingText}</p>
              <div className={styles.long} tabIndex={0} role="region" aria-label={words.missing}>
                <List label={words.missing}>
                  {items.map(({ id, title, artist, path, missing_since: since }) => (
                    <ListItem
                      key={id}
                      title={`${title} – ${artist}`}
                      text={`${path} · ${words.since(ago(since, locale))}`}
                    />
                  ))}
                </List>
              </div>
            </>
          ) : (
            <Empty title={words.noMissing} />
          )
        }
      </Shown>
    </Dialog>
  )
}

interface LibraryDialogsProps {
  open: OpenDialog
  onAdded: () => void
  onClose: () => void
}

/** The dialog about a library that is open. */
export function LibraryDialogs({ open, onAdded, onClose }: LibraryDialogsProps) {
  if (open.kind === "new") return <NewLibrary onAdded={onAdded} onClose={onClose} />
  const dialogs = { change: ChangeLibrary, remove: RemoveLibrary, problems: Problems, missing: Missing }
  const One = dialogs[open.kind]
  return <One library={open.library} onClose={onClose} />
}

import type { RulesDraft } from "@/features/playlists/rules/draft"
import { RuleGroupField } from "@/features/playlists/rules/RuleGroupField"
import styles from "@/features/playlists/rules/Rules.module.css"
import { SortField } from "@/features/playlists/rules/SortField"
import type { RuleField } from "@/shared/api/rules"
import { TextField } from "@/shared/ui/Field"
import { Section } from "@/shared/ui/Page"
import { useWords } from "@/shared/words/words"

interface DraftFieldsProps {
  draft: RulesDraft
  fields: readonly RuleField[]
  onChange: (draft: RulesDraft) => void
}

/** The rules, what tracks are ordered by, and how many there may be. */
export function DraftFields({ draft, fields, onChange }: DraftFieldsProps) {
  const own = useWords().rules
  const set = (change: Partial<RulesDraft>) => {
    onChange({ ...draft, ...change })
  }
  return (
    <>
      <Section title={own.title}>
        <RuleGroupField
          group={draft.match}
          fields={fields}
          onChange={(match) => {
            set({ match })
          }}
        />
      </Section>
      <Section title={own.sort}>
        <SortField
          sort={draft.sort}
          fields={fields}
          onChange={(sort) => {
            set({ sort })
          }}
        />
        <TextField
          label={own.limit}
          hint={own.limitHint}
          className={styles.limit}
          inputMode="numeric"
          maxLength={5}
          value={draft.limit}
          onChange={(event) => {
            set({ limit: event.target.value })
          }}
        />
      </Section>
    </>
  )
}

import { useQuery } from "@tanstack/react-query"
import { useId } from "react"

import { inputOf, type ConditionDraft } from "@/features/playlists/rules/draft"
import styles from "@/features/playlists/rules/Rules.module.css"
import { ThingField } from "@/features/playlists/rules/ThingField"
import { genresQuery } from "@/shared/api/catalogue"
import type { RuleField } from "@/shared/api/rules"
import { useWords } from "@/shared/words/words"

interface ValueFieldProps {
  rule: ConditionDraft
  field: RuleField
  onChange: (values: string[]) => void
}

/** The names there are already, to be chosen from while one types. */
function Suggestions({ id }: { id: string }) {
  const genres = useQuery(genresQuery()).data?.items ?? []
  return (
    <datalist id={id}>
      {genres.map(({ id: genre, name }) => (
        <option key={genre} value={name} />
      ))}
    </datalist>
  )
}

/** What a field is compared with: one value, two, or none. */
export function ValueField({ rule, field, onChange }: ValueFieldProps) {
  const words = useWords()
  const { rules } = words
  const id = useId()
  const { values, operator } = rule
  const input = inputOf(field.kind, operator)
  if (input === "none") return null
  const [first = ""] = values
  if (input === "flag") {
    return (
      <select
        className={styles.input}
        aria-label={rules.value}
        value={first}
        onChange={(event) => {
          onChange([event.target.value])
        }}
      >
        <option value="true">{words.yes}</option>
        <option value="false">{words.no}</option>
      </select>
    )
  }
  if (input === "thing") {
    return (
      <ThingField
        field={field.name}
        chosen={first}
        onChange={(chosen) => {
          onChange([chosen])
        }}
      />
    )
  }
  const days = operator === "within_days" || operator === "not_within_days"
  const labels = values.length === 2 ? [rules.from, rules.to] : [days ? rules.days : rules.value]
  return (
    <div className={styles.values}>
      {labels.map((label, at) => (
        <input
          key={label}
          className={styles.input}
          type={input === "date" ? "date" : "text"}
          inputMode={input === "number" ? "decimal" : undefined}
          list={field.name === "genre" ? id : undefined}
          maxLength={200}
          aria-label={label}
          placeholder={label}
          value={values[at] ?? ""}
          onChange={(event) => {
            onChange(labels.map((_, other) => (other === at ? event.target.value : (values[other] ?? ""))))
          }}
        />
      ))}
      {field.name === "genre" && <Suggestions id={id} />}
    </div>
  )
}

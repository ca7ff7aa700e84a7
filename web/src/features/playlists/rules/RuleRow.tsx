import { X } from "lucide-react"

import { newCondition, withOperator, type ConditionDraft } from "@/features/playlists/rules/draft"
import { grouped } from "@/features/playlists/rules/fieldGroups"
import styles from "@/features/playlists/rules/Rules.module.css"
import { ValueField } from "@/features/playlists/rules/ValueField"
import type { Operator, RuleField } from "@/shared/api/rules"
import { IconButton } from "@/shared/ui/Button"
import { named, useWords } from "@/shared/words/words"

interface RuleRowProps {
  rule: ConditionDraft
  fields: readonly RuleField[]
  onChange: (rule: ConditionDraft) => void
  onRemove: () => void
}

/** One rule: what is compared, how, and with what. */
export function RuleRow({ rule, fields, onChange, onRemove }: RuleRowProps) {
  const words = useWords().rules
  const field = fields.find(({ name }) => name === rule.field)
  const label = named(words.fields, rule.field)
  return (
    <div role="group" className={styles.rule} aria-label={label}>
      <select
        className={styles.input}
        aria-label={words.field}
        value={rule.field}
        onChange={(event) => {
          const other = fields.find(({ name }) => name === event.target.value)
          if (other) onChange({ ...newCondition(other), key: rule.key })
        }}
      >
        {!field && <option value={rule.field}>{label}</option>}
        {grouped(fields).map(([group, some]) => (
          <optgroup key={group} label={words.groups[group]}>
            {some.map(({ name }) => (
              <option key={name} value={name}>
                {named(words.fields, name)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      {field && field.operators.length > 1 && (
        <select
          className={styles.input}
          aria-label={words.operator}
          value={rule.operator}
          onChange={(event) => {
            onChange(withOperator(rule, field, event.target.value as Operator))
          }}
        >
          {field.operators.map((operator) => (
            <option key={operator} value={operator}>
              {words.operators[operator]}
            </option>
          ))}
        </select>
      )}
      {field && (
        <ValueField
          key={rule.field}
          rule={rule}
          field={field}
          onChange={(values) => {
            onChange({ ...rule, values })
          }}
        />
      )}
      <IconButton size="s" label={words.removeRule(label)} className={styles.remove} onClick={onRemove}>
        <X size={17} />
      </IconButton>
    </div>
  )
}

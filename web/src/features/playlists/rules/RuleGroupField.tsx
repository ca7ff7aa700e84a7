import { ListTree, Plus, X } from "lucide-react"

import { newCondition, newGroup, replaced, type GroupDraft } from "@/features/playlists/rules/draft"
import { RuleRow } from "@/features/playlists/rules/RuleRow"
import styles from "@/features/playlists/rules/Rules.module.css"
import type { RuleField } from "@/shared/api/rules"
import { cx } from "@/shared/format/classes"
import { Button, IconButton } from "@/shared/ui/Button"
import { BareSelect } from "@/shared/ui/Field"
import { useWords } from "@/shared/words/words"

/** Groups in groups, as deep as the server takes them. */
const DEEPEST = 6
const MATCHES = ["all", "any", "none"] as const
const USUAL_FIELD = "genre"

interface RuleGroupFieldProps {
  group: GroupDraft
  fields: readonly RuleField[]
  depth?: number
  onChange: (group: GroupDraft) => void
  /** Left out for the outermost, which stays. */
  onRemove?: () => void
}

/** Rules of which all, any or none must hold; there may be groups among them. */
export function RuleGroupField({ group, fields, depth = 1, onChange, onRemove }: RuleGroupFieldProps) {
  const words = useWords().rules
  const first = fields.find(({ name }) => name === USUAL_FIELD) ?? fields[0]
  const add = (rule: GroupDraft["rules"][number]) => {
    onChange({ ...group, rules: [...group.rules, rule] })
  }
  return (
    <div role="group" aria-label={words.group} className={cx(styles.group, depth > 1 && styles.inner)}>
      <div className={styles.head}>
        <BareSelect
          label={words.match}
          value={group.match}
          onChange={(event) => {
            onChange({ ...group, match: event.target.value as GroupDraft["match"] })
          }}
        >
          {MATCHES.map((match) => (
            <option key={match} value={match}>
              {words.matches[match]}
            </option>
          ))}
        </BareSelect>
        {onRemove && (
          <IconButton size="s" label={words.removeGroup} onClick={onRemove}>
            <X size={17} />
          </IconButton>
        )}
      </div>
      {group.rules.length === 0 && depth === 1 && <p className={styles.soft}>{words.nothing}</p>}
      {group.rules.map((rule) => {
        const shared = {
          fields,
          onRemove: () => {
            onChange(replaced(group, rule.key, null))
          },
        }
        const change = (now: typeof rule) => {
          onChange(replaced(group, rule.key, now))
        }
        return rule.kind === "group" ? (
          <RuleGroupField key={rule.key} {...shared} group={rule} depth={depth + 1} onChange={change} />
        ) : (
          <RuleRow key={rule.key} {...shared} rule={rule} onChange={change} />
        )
      })}
      <div className={styles.foot}>
        <Button
          icon={<Plus size={17} />}
          disabled={!first}
          onClick={() => {
            if (first) add(newCondition(first))
          }}
        >
          {words.add}
        </Button>
        {depth < DEEPEST && (
          <Button
            look="plain"
            icon={<ListTree size={17} />}
            onClick={() => {
              add(newGroup("any", first ? [newCondition(first)] : []))
            }}
          >
            {words.addGroup}
          </Button>
        )}
      </div>
    </div>
  )
}

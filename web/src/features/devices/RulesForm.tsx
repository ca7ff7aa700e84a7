import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { ArrowUp, X } from "lucide-react"

import styles from "@/features/devices/Devices.module.css"
import { useRuleName } from "@/features/devices/names"
import { NewRule } from "@/features/devices/NewRule"
import { raised, withRule } from "@/features/devices/rules"
import { planQuery, rulesQuery, setRules, type SyncRule, type SyncRules } from "@/shared/api/sync"
import { bytes } from "@/shared/format/bytes"
import { IconButton } from "@/shared/ui/Button"
import { SelectField } from "@/shared/ui/Field"
import { Shown } from "@/shared/ui/States"
import { toast } from "@/shared/ui/toasts"
import { useLocale, useWords } from "@/shared/words/words"

const GIGABYTE = 1_000_000_000
const LIMITS = [1, 2, 4, 8, 16, 32, 64, 128, 256]

interface RuleItemProps {
  rule: SyncRule
  first: boolean
  onUp: () => void
  onRemove: () => void
}

function RuleItem({ rule, first, onUp, onRemove }: RuleItemProps) {
  const words = useWords().sync
  const name = useRuleName(rule)
  return (
    <li className={styles.rule}>
      <span>{name}</span>
      {!first && (
        <IconButton size="s" label={words.up(name)} onClick={onUp}>
          <ArrowUp size={17} />
        </IconButton>
      )}
      <IconButton size="s" label={words.removeRule(name)} onClick={onRemove}>
        <X size={17} />
      </IconButton>
    </li>
  )
}

/** What a device will do when it synchronises next. */
function PlanPreview({ deviceId }: { deviceId: string }) {
  const words = useWords()
  const locale = useLocale()
  const { data } = useQuery(planQuery(deviceId))
  const sums = (data ?? []).filter(({ count }) => count > 0)
  if (sums.length === 0) return null
  return (
    <div>
      <h3>{words.sync.plan}</h3>
      <ul className={styles.plan} aria-label={words.sync.plan}>
        {sums.map(({ action, count, size_bytes: size }) => (
          <li key={action} className={action === "no_space" ? styles.short : undefined}>
            <strong>{words.counts.tracks(count)}</strong> {words.sync.actions[action]} ({bytes(size, locale)})
          </li>
        ))}
      </ul>
    </div>
  )
}

function Rules({ deviceId, rules: kept }: { deviceId: string; rules: SyncRules }) {
  const words = useWords().sync
  const client = useQueryClient()
  const { mutate } = useMutation({
    mutationFn: (wanted: SyncRules) => setRules(deviceId, wanted),
    onMutate: (wanted) => {
      client.setQueryData(rulesQuery(deviceId).queryKey, wanted)
    },
    onSuccess: () => {
      toast(words.saved)
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["sync"] }),
  })
  const { rules, limit_bytes: limit = 0 } = kept
  const change = (wanted: SyncRule[]) => {
    mutate({ ...kept, rules: wanted })
  }
  return (
    <div className={styles.rules}>
      <h3>{words.rules}</h3>
      {rules.length === 0 ? (
        <p className={styles.note}>{words.noRules}</p>
      ) : (
        <ol aria-label={words.rules}>
          {rules.map((rule, place) => (
            <RuleItem
              key={`${rule.kind} ${rule.id ?? ""}`}
              rule={rule}
              first={place === 0}
              onUp={() => {
                change(raised(rules, place))
              }}
              onRemove={() => {
                change(rules.toSpliced(place, 1))
              }}
            />
          ))}
        </ol>
      )}
      <NewRule
        onAdd={(rule) => {
          change(withRule(rules, rule))
        }}
      />
      <SelectField
        label={words.limit}
        value={Math.round(limit / GIGABYTE)}
        onChange={(event) => {
          mutate({ ...kept, limit_bytes: Number(event.target.value) * GIGABYTE })
        }}
      >
        <option value={0}>{words.noLimit}</option>
        {LIMITS.map((size) => (
          <option key={size} value={size}>
            {size} {words.gigabytes}
          </option>
        ))}
      </SelectField>
      <PlanPreview deviceId={deviceId} />
    </div>
  )
}

/** What is to be kept on a device, and what comes of it. */
export function RulesForm({ deviceId }: { deviceId: string }) {
  const query = useQuery(rulesQuery(deviceId))
  return <Shown query={query}>{(rules) => <Rules deviceId={deviceId} rules={rules} />}</Shown>
}

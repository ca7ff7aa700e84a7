import type {
  FieldKind,
  Operator,
  RuleCondition,
  RuleField,
  RuleGroup,
  RuleSort,
  SmartRules,
} from "@/shared/api/rules"

/** A rule as it is being typed: what is not whole yet is kept as it stands. */
export interface ConditionDraft {
  kind: "condition"
  key: number
  field: string
  operator: Operator
  values: readonly string[]
}

export interface GroupDraft {
  kind: "group"
  key: number
  match: RuleGroup["match"]
  rules: readonly RuleDraft[]
}

type RuleDraft = ConditionDraft | GroupDraft

export interface RulesDraft {
  match: GroupDraft
  sort: readonly RuleSort[]
  limit: string
}

/** The server's own end of all lists. */
const MOST_TRACKS = 10_000
const NO_VALUE = new Set<Operator>(["empty", "present"])
const IN_DAYS = new Set<Operator>(["within_days", "not_within_days"])
/** Fields that people think of in other measures than the server. */
const SCALES: Record<string, number> = { duration_ms: 60_000, size_bytes: 1_000_000 }

let last = 0

export function newGroup(match: RuleGroup["match"] = "all", rules: readonly RuleDraft[] = []): GroupDraft {
  return { kind: "group", key: ++last, match, rules }
}

export function newCondition(field: RuleField): ConditionDraft {
  const operator = field.operators[0] ?? "is"
  return { kind: "condition", key: ++last, field: field.name, operator, values: blank(field.kind, operator) }
}

type Input = "none" | "text" | "number" | "date" | "flag" | "thing"

/** What is asked for, to compare a kind of field in a way. */
export function inputOf(kind: FieldKind, operator: Operator): Input {
  if (NO_VALUE.has(operator)) return "none"
  if (IN_DAYS.has(operator)) return "number"
  return ({ text: "text", number: "number", moment: "date", flag: "flag", thing: "thing" } as const)[kind]
}

function blank(kind: FieldKind, operator: Operator): string[] {
  if (NO_VALUE.has(operator)) return []
  if (operator === "between") return ["", ""]
  return [kind === "flag" ? "true" : ""]
}

/** A rule compared in another way: what was typed stays where it still means something. */
export function withOperator(rule: ConditionDraft, field: RuleField, operator: Operator): ConditionDraft {
  const same = inputOf(field.kind, rule.operator) === inputOf(field.kind, operator)
  const empty = blank(field.kind, operator)
  return { ...rule, operator, values: empty.map((value, at) => (same ? (rule.values[at] ?? value) : value)) }
}

/** A group in which a rule is another one, or gone. */
export function replaced(group: GroupDraft, key: number, by: RuleDraft | null): GroupDraft {
  const rules = group.rules.flatMap((rule): RuleDraft[] => {
    if (rule.key === key) return by ? [by] : []
    return [rule.kind === "group" ? replaced(rule, key, by) : rule]
  })
  return { ...group, rules }
}

function valueOf(rule: ConditionDraft, field: RuleField, typed: string): string | number | boolean | null {
  const text = typed.trim()
  const input = inputOf(field.kind, rule.operator)
  if (input === "flag") return text === "true"
  if (text === "") return null
  if (input !== "number") return text
  const number = Number(text.replace(",", "."))
  if (!Number.isFinite(number)) return null
  if (IN_DAYS.has(rule.operator)) return Number.isInteger(number) && number > 0 ? number : null
  const scale = SCALES[rule.field]
  return scale === undefined ? number : Math.round(number * scale)
}

/** A rule as the server takes it; null while it is not whole. */
function conditionOf(rule: ConditionDraft, field: RuleField): RuleCondition | null {
  const { operator } = rule
  const base = { kind: "condition" as const, field: rule.field, operator }
  if (NO_VALUE.has(operator)) return base
  const values = rule.values.map((typed) => valueOf(rule, field, typed))
  const [first = null] = values
  if (values.includes(null) || first === null) return null
  if (operator !== "between") return { ...base, value: first }
  return { ...base, value: values.filter((value) => typeof value !== "boolean" && value !== null) }
}

type Fields = ReadonlyMap<string, RuleField>

/** The rules that are whole, and whether all of them are. */
function groupOf(group: GroupDraft, fields: Fields): [RuleGroup, boolean] {
  let whole = true
  const rules = group.rules.flatMap((rule): (RuleGroup | RuleCondition)[] => {
    if (rule.kind === "group") {
      const [inner, done] = groupOf(rule, fields)
      whole &&= done
      return [inner]
    }
    const field = fields.get(rule.field)
    const condition = field ? conditionOf(rule, field) : null
    whole &&= condition !== null
    return condition ? [condition] : []
  })
  return [{ kind: "group", match: group.match, rules }, whole]
}

/** What is typed as the server takes it, without what is not whole; and whether everything is. */
export function rulesOf(draft: RulesDraft, fields: Fields): { rules: SmartRules; whole: boolean } {
  const [match, done] = groupOf(draft.match, fields)
  const limit = draft.limit.trim() === "" ? MOST_TRACKS : Number(draft.limit)
  const good = Number.isInteger(limit) && limit >= 1 && limit <= MOST_TRACKS
  return {
    rules: { match, sort: [...draft.sort], limit: good ? limit : MOST_TRACKS },
    whole: done && good,
  }
}

function typedOf(rule: RuleCondition): string[] {
  const { value } = rule
  if (value === null || value === undefined) return []
  const scale = IN_DAYS.has(rule.operator) ? undefined : SCALES[rule.field]
  const values = Array.isArray(value) ? value : [value]
  return values.map((one) =>
    typeof one === "number" && scale !== undefined ? String(one / scale) : String(one),
  )
}

function draftOfGroup(group: Omit<RuleGroup, "kind">): GroupDraft {
  const rules = group.rules.map((rule): RuleDraft => {
    if (rule.kind === "group") return draftOfGroup(rule)
    const { field, operator } = rule
    return { kind: "condition", key: ++last, field, operator, values: typedOf(rule) }
  })
  return newGroup(group.match, rules)
}

/** Rules as they are edited. */
export function draftOf({ match, sort = [], limit = MOST_TRACKS }: SmartRules): RulesDraft {
  const group = match.kind === "group" ? match : { match: "all" as const, rules: [match] }
  return { match: draftOfGroup(group), sort, limit: limit === MOST_TRACKS ? "" : String(limit) }
}

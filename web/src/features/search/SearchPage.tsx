import { useQuery } from "@tanstack/react-query"
import { Search } from "lucide-react"
import { useDeferredValue, type KeyboardEvent } from "react"
import { Link, useSearchParams } from "react-router"

import { FilterHelp } from "@/features/search/FilterHelp"
import { Results } from "@/features/search/Results"
import styles from "@/features/search/Search.module.css"
import { SEARCH_KINDS, searchQuery, type SearchKind, type SearchResults } from "@/shared/api/search"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

/** Of each kind when all are shown, and of one alone. */
const SOME = 12
const MANY = 100

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }
/** What was found, one by one, and what of it takes the focus. */
const FOUND = "article, [role=row]:has([role=cell]), [data-stop]"
const STOP = "a, button"

/** With another key they are the browser's, and in a menu they choose. */
function isOtherwiseMeant({ altKey, ctrlKey, metaKey, shiftKey, target }: KeyboardEvent): boolean {
  if (altKey || ctrlKey || metaKey || shiftKey) return true
  return (target as Element).closest("[role=slider], [role=menu]") !== null
}

/** The arrow keys walk through all that was found, from one kind into the next. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  const target = event.target as Element
  if (step === undefined || isOtherwiseMeant(event)) return
  const found = [...event.currentTarget.querySelectorAll<HTMLElement>(FOUND)]
  const here = found.findIndex((one) => one.contains(target))
  const next = found[here + step]
  event.preventDefault()
  event.stopPropagation()
  if (here + step < 0) document.getElementById("search")?.focus()
  else if (next) (next.matches(STOP) ? next : next.querySelector<HTMLElement>(STOP))?.focus()
}

function countOf(results: SearchResults): number {
  return SEARCH_KINDS.reduce((count, kind) => count + results[kind].length, 0)
}

/** Of which kind to show results: of all, or of one. */
function Kinds({ chosen, typed }: { chosen: SearchKind | null; typed: string }) {
  const words = useWords().search
  const [, setParameters] = useSearchParams()
  return (
    <div className={styles.kinds} role="group" aria-label={words.kinds}>
      {[null, ...SEARCH_KINDS].map((kind) => (
        <button
          key={kind ?? "all"}
          type="button"
          className={styles.kind}
          aria-pressed={kind === chosen}
          onClick={() => {
            setParameters(kind ? { q: typed, kind } : { q: typed }, { replace: true })
          }}
        >
          {words[kind ?? "all"]}
        </button>
      ))}
    </div>
  )
}

/** That nothing is called so, and what was found instead. */
function Corrected({ query, corrected }: Pick<SearchResults, "query" | "corrected">) {
  const words = useWords().search
  if (corrected === null) return null
  return (
    <p className={styles.corrected}>
      {words.correctedBefore(query)}{" "}
      <Link to={`/search?${new URLSearchParams({ q: corrected }).toString()}`} replace>
        {corrected}
      </Link>
      .
    </p>
  )
}

interface FoundProps {
  results: SearchResults
  text: string
  kind: SearchKind | null
  /** They belong to what is typed, not to what was typed before. */
  current: boolean
}

function Found({ results, text, kind, current }: FoundProps) {
  const words = useWords().search
  const count = countOf(results)
  return (
    <>
      <p className="hidden-but-read" role="status">
        {words.found(count)}
      </p>
      {count > 0 ? (
        <div data-search-results={current ? "found" : "searching"} onKeyDownCapture={walk}>
          <Corrected {...results} />
          <Results results={results} limit={kind ? MANY : SOME} alone={kind !== null} />
        </div>
      ) : (
        <Empty icon={<Search size={30} />} title={words.nothing(text)} text={words.nothingText} />
      )}
      <FilterHelp typed={text} open={false} />
    </>
  )
}

export default function SearchPage() {
  const words = useWords().search
  const [parameters] = useSearchParams()
  const typed = parameters.get("q") ?? ""
  const text = useDeferredValue(typed.trim())
  const kind = SEARCH_KINDS.find((one) => one === parameters.get("kind")) ?? null
  const query = useQuery(kind ? searchQuery(text, MANY, [kind]) : searchQuery(text, SOME))
  const current = text === typed.trim() && !query.isPlaceholderData
  return (
    <Page title={words.title} tools={text !== "" && <Kinds chosen={kind} typed={typed} />}>
      {text === "" ? (
        <>
          <Empty icon={<Search size={30} />} title={words.start} text={words.startText} />
          <FilterHelp typed="" open />
        </>
      ) : (
        <Shown query={query}>
          {(results) => <Found results={results} text={text} kind={kind} current={current} />}
        </Shown>
      )}
    </Page>
  )
}

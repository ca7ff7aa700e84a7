import { useInfiniteQuery } from "@tanstack/react-query"
import { History } from "lucide-react"
import { useMemo } from "react"
import { useSearchParams } from "react-router"

import { filtersOf, PERIODS, SOURCES } from "@/features/history/days"
import { HistoryList } from "@/features/history/HistoryList"
import { playsQuery } from "@/shared/api/listening"
import { usePaged } from "@/shared/api/usePaged"
import { BareSelect, CheckField } from "@/shared/ui/Field"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

type Filter = "period" | "app" | "from" | "whole"

/** The filters, kept in the address. */
function useFilters() {
  const [parameters, setParameters] = useSearchParams()
  const filters = useMemo(() => filtersOf(parameters), [parameters])
  const set = (name: Filter, value: string | null) => {
    setParameters(
      (before) => {
        const after = new URLSearchParams(before)
        if (value === null) after.delete(name)
        else after.set(name, value)
        return after
      },
      { replace: true },
    )
  }
  return { filters, set, any: [...parameters.keys()].length > 0 }
}

interface ToolsProps extends Omit<ReturnType<typeof useFilters>, "any"> {
  /** The apps that one listened with, as far as they are known. */
  apps: readonly string[]
}

function Tools({ filters, set, apps }: ToolsProps) {
  const words = useWords().listening.history
  return (
    <>
      <BareSelect
        label={words.period}
        value={filters.period}
        onChange={({ target: { value } }) => {
          set("period", value === "all" ? null : value)
        }}
      >
        {PERIODS.map((period) => (
          <option key={period} value={period}>
            {words.periods[period]}
          </option>
        ))}
      </BareSelect>
      <BareSelect
        label={words.app}
        value={filters.client ?? ""}
        onChange={({ target: { value } }) => {
          set("app", value || null)
        }}
      >
        <option value="">{words.anyApp}</option>
        {apps.map((app) => (
          <option key={app} value={app}>
            {app}
          </option>
        ))}
      </BareSelect>
      <BareSelect
        label={words.source}
        value={filters.source ?? ""}
        onChange={({ target: { value } }) => {
          set("from", value || null)
        }}
      >
        <option value="">{words.anySource}</option>
        {SOURCES.map((source) => (
          <option key={source} value={source}>
            {words.sources[source]}
          </option>
        ))}
      </BareSelect>
      <CheckField
        label={words.whole}
        checked={filters.listened === true}
        onChange={({ target: { checked } }) => {
          set("whole", checked ? "1" : null)
        }}
      />
    </>
  )
}

/** The apps among some plays, by name; the one chosen is always there. */
function appsIn(plays: readonly { play: { client: string } }[], chosen: string | null): string[] {
  const all = new Set(plays.map(({ play }) => play.client))
  if (chosen) all.add(chosen)
  all.delete("")
  return [...all].toSorted((one, other) => one.localeCompare(other))
}

/** All that one listened to. */
export default function HistoryPage() {
  const words = useWords().listening.history
  const { filters, set, any } = useFilters()
  const { since, client, source, listened } = filters
  const paged = usePaged(useInfiniteQuery(playsQuery({ since, client, source, listened })))
  // The apps are those of what one heard at all, not only of what fits now.
  const everything = usePaged(useInfiniteQuery(playsQuery(ANY)))
  const apps = appsIn([...everything.items, ...paged.items], client)
  return (
    <Page title={words.title} text={words.text} tools={<Tools filters={filters} set={set} apps={apps} />}>
      <Shown query={paged.asked}>
        {() =>
          paged.items.length > 0 ? (
            <HistoryList plays={paged.items} more={paged.more} />
          ) : any ? (
            <Empty icon={<History size={30} />} title={words.noneFits} />
          ) : (
            <Empty icon={<History size={30} />} title={words.none} text={words.noneText} />
          )
        }
      </Shown>
    </Page>
  )
}

const ANY = { since: null, client: null, source: null, listened: null }

import { useSearchParams } from "react-router"

type Name = "sort" | "order" | "genre" | "library"

/** How a list is sorted and filtered. */
export interface ListChoice {
  sort: string
  order: "asc" | "desc"
  genreId: string | undefined
  libraryId: string | undefined
  /** Change some of it; null goes back to the usual. */
  set: (change: Partial<Record<Name, string | null>>) => void
}

/** Sorts that are asked for with the newest first. */
const NEWEST_FIRST = new Set(["added", "year"])

/** The sort and filter of a list, read from the address and written to it. */
export function useListChoice(sorts: readonly string[], usual: string): ListChoice {
  const [parameters, setParameters] = useSearchParams()
  const wanted = parameters.get("sort") ?? usual
  const sort = sorts.includes(wanted) ? wanted : usual
  const given = parameters.get("order")
  const natural = NEWEST_FIRST.has(sort) ? "desc" : "asc"
  const order = given === "asc" || given === "desc" ? given : natural
  const set: ListChoice["set"] = (change) => {
    setParameters(
      (before) => {
        const after = new URLSearchParams(before)
        for (const [name, value] of Object.entries(change)) {
          if (value === null) after.delete(name)
          else after.set(name, value)
        }
        return after
      },
      { replace: true },
    )
  }
  return {
    sort,
    order,
    genreId: parameters.get("genre") ?? undefined,
    libraryId: parameters.get("library") ?? undefined,
    set,
  }
}

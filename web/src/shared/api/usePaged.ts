import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query"
import { useCallback, useMemo } from "react"

import type { Page } from "@/shared/api/catalogue"

interface Paged<T> {
  items: readonly T[]
  /** Fetch the next page, if there is one and it is not on its way. */
  more: () => void
  /** What the next page is asked by. */
  cursor: string | null
  asked: { data: readonly T[] | undefined; error: unknown; refetch: () => unknown }
}

const NOTHING: readonly never[] = []

/** One list out of the pages of a query. */
export function usePaged<T>(query: UseInfiniteQueryResult<InfiniteData<Page<T>>>): Paged<T> {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const all = useMemo(() => data?.pages.flatMap((page) => page.items), [data])
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const cursor = data?.pages.at(-1)?.next_cursor ?? null
  return { items: all ?? NOTHING, more, cursor, asked: { data: all, error, refetch } }
}

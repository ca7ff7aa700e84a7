import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query"
import { useCallback, useEffect, useRef, useState } from "react"

import { outlineQuery, pageQuery, type Page, type Source } from "@/shared/api/catalogue"
import type { Outline } from "@/shared/api/types"

/** A list that is drawn in part: how long it is, and what stands where, as far as that is known. */
export interface Rows<T> {
  count: number
  at: (index: number) => T | undefined
  /** Called with the first and last row that are drawn. */
  onSee?: (first: number, last: number) => void
}

export function rowsOf<T>(items: readonly T[]): Rows<T> {
  return { count: items.length, at: (index) => items[index] }
}

interface Around<T> {
  items: T[]
  /** Where among them the place is that was asked about. */
  at: number
  /** What asks for those that follow. */
  cursor: string | null
}

export interface Listing<T> extends Rows<T> {
  /** What is known on both sides of a place, without a gap. */
  around: (index: number) => Around<T>
  asked: { data: readonly T[] | undefined; error: unknown; refetch: () => unknown }
}

/** So often at most it changes which pages are fetched; a leap counts only when it has come to rest. */
const SETTLE_MS = 80
const SIDE = 1

/** The pages in sight, those that begin or end nearby included. */
function useSight(
  limit: number,
): [first: number, last: number, onSee: (first: number, last: number) => void] {
  const [seen, setSeen] = useState({ first: 0, last: 0 })
  const latest = useRef({ ...seen, settled: 0 })
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const stop = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = null
  }, [])
  const onSee = useCallback(
    (first: number, last: number) => {
      const { settled } = latest.current
      latest.current = { first, last, settled }
      if (Math.abs(first - settled) > limit) stop()
      timer.current ??= setTimeout(() => {
        timer.current = null
        latest.current.settled = latest.current.first
        setSeen(latest.current)
      }, SETTLE_MS)
    },
    [limit, stop],
  )
  useEffect(() => stop, [stop])
  const near = limit / 2
  return [Math.floor((seen.first - near) / limit), Math.floor((seen.last + near) / limit), onSee]
}

/** What the top of a list says of its length. */
function outlineOf<T>(top: Page<T> | undefined): Outline {
  return { total: top?.items.length ?? 0, cursors: top?.next_cursor ? [top.next_cursor] : [] }
}

/** The top of a list, how long it is, and what its pages are asked by. */
function useOutline<T>(source: Source<T>) {
  const { data: top, error, refetch } = useQuery(pageQuery(source, null))
  const known = outlineOf(top)
  const enabled = known.cursors.length > 0 && source.outline !== null
  const { total, cursors } = useQuery({ ...outlineQuery(source), enabled }).data ?? known
  return { count: total, cursors: [null, ...cursors], asked: { data: top?.items, error, refetch } }
}

type PageAt<T> = (place: number) => Page<T> | undefined

function aroundIn<T>(pageAt: PageAt<T>, limit: number, index: number): Around<T> {
  const here = Math.floor(index / limit)
  let [from, to] = [here, here]
  while (from > here - SIDE && pageAt(from - 1)) from--
  while (to < here + SIDE && pageAt(to + 1)) to++
  const pages = Array.from({ length: to - from + 1 }, (_, place) => pageAt(from + place))
  const items = pages.flatMap((page) => page?.items ?? [])
  return { items, at: index - from * limit, cursor: pages.at(-1)?.next_cursor ?? null }
}

/** A list of any length, of which only the pages in sight are fetched. */
export function useListing<T>(source: Source<T>): Listing<T> {
  const client = useQueryClient()
  const { limit } = source
  const { count, cursors, asked } = useOutline(source)
  const [first, last, onSee] = useSight(limit)
  useQueries({
    queries: cursors.slice(Math.max(1, first), last + 1).map((cursor) => ({
      ...pageQuery(source, cursor),
      notifyOnChangeProps: ["data" as const],
    })),
  })
  const pageAt: PageAt<T> = (place) => {
    const cursor = cursors[place]
    return cursor === undefined ? undefined : client.getQueryData(pageQuery(source, cursor).queryKey)
  }
  return {
    count,
    at: (index) => pageAt(Math.floor(index / limit))?.items[index % limit],
    onSee,
    around: (index) => aroundIn(pageAt, limit, index),
    asked,
  }
}

import { useCallback, useRef, useState } from "react"

import { openShared, type OpenedShare, type SharedPage } from "@/shared/api/shares"

/** A link that somebody came in by. */
export interface Visit {
  slug: string
  page: SharedPage
  /** The ticket as last known, for covers and downloads. */
  ticket: string
  /** A ticket that is good for a while: another one if its time is over, or if it was refused. */
  goodTicket: (refused?: string) => Promise<string>
}

const SPARE_MS = 60_000

interface Visiting {
  visit: Visit | null
  /** Come in; throws ProblemError. */
  enter: (password: string | null) => Promise<void>
}

/** Comes in by a link, and stays in: whoever listens for long gets tickets anew by the same password. */
export function useVisit(slug: string): Visiting {
  const [opened, setOpened] = useState<OpenedShare | null>(null)
  const latest = useRef<OpenedShare | null>(null)
  const password = useRef<string | null>(null)
  const enter = useCallback(
    async (given: string | null) => {
      const came = await openShared(slug, given)
      password.current = given
      latest.current = came
      setOpened(came)
    },
    [slug],
  )
  const goodTicket = useCallback(
    async (refused?: string) => {
      const over = new Date(latest.current?.ticket_expires_at ?? 0).getTime() - SPARE_MS < Date.now()
      if (over || latest.current?.ticket === refused) await enter(password.current)
      return latest.current?.ticket ?? ""
    },
    [enter],
  )
  if (!opened) return { visit: null, enter }
  return { visit: { slug, page: opened.share, ticket: opened.ticket, goodTicket }, enter }
}

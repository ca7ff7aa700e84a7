import { ProblemError, problemFrom } from "@/shared/api/problem"
import { alone } from "@/shared/session/lock"

const FRESH_AT = "sarau.fresh_at"
/** Access tokens live fifteen minutes; a third of that is left when we get a new one. */
export const REFRESH_AFTER_MS = 10 * 60_000

const listeners = new Set<() => void>()

/** Call something when the session has ended; returns how to stop. */
export function onSessionEnd(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Tell everybody that nobody is signed in any more. */
export function sessionEnded(): void {
  localStorage.removeItem(FRESH_AT)
  for (const listener of listeners) listener()
}

/** Note that the cookies are new. */
export function sessionFresh(): void {
  localStorage.setItem(FRESH_AT, String(Date.now()))
}

function freshAt(): number {
  return Number(localStorage.getItem(FRESH_AT) ?? 0)
}

/** Whether new cookies came since a moment (milliseconds). */
export function renewedSince(moment: number): boolean {
  return freshAt() > moment
}

/** The token that proves a change comes from our own page. */
export function csrfToken(): string | null {
  const found = /(?:^|;\s*)sarau_csrf=([^;]*)/.exec(document.cookie)
  return found?.[1] ? decodeURIComponent(found[1]) : null
}

async function refreshNow(token: string): Promise<boolean> {
  const reply = await fetch("/api/v1/auth/refresh", { method: "POST", headers: { "X-CSRF-Token": token } })
  // Read in any case: a reply that nobody reads keeps its connection.
  const text = await reply.text()
  if (reply.ok) {
    sessionFresh()
    return true
  }
  if (reply.status === 401 || reply.status === 403) return false
  throw problemFrom(reply.status, text)
}

/**
 * Get new cookies, unless some tab did since `since` (milliseconds). Answers whether somebody is signed in.
 *
 * A refresh token is good once, so this never runs in two tabs at a time: used again later it ends the session.
 */
export function refreshSession(since: number): Promise<boolean> {
  return alone(async () => {
    if (renewedSince(since)) return true
    const token = csrfToken()
    if (token === null) return false
    try {
      return await refreshNow(token)
    } catch (error) {
      throw error instanceof TypeError ? ProblemError.offline() : error
    }
  })
}

/** Get new cookies if those we have are near their end, as before playing; ends the session if it is over. */
export async function keepFresh(): Promise<void> {
  const now = Date.now()
  if (csrfToken() === null || now - freshAt() < REFRESH_AFTER_MS) return
  if (!(await refreshSession(now - REFRESH_AFTER_MS))) sessionEnded()
}

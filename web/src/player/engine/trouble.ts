import { sessionFetch } from "@/shared/api/client"
import { renewedSince } from "@/shared/session/session"

/** Why the sound of an address does not come. */
export type Trouble =
  | { kind: "format" } // it comes, but the browser cannot make sound of it
  | { kind: "gone" } // it is not there, or not for this listener
  | { kind: "busy"; afterMs: number } // the server asks to come again
  | { kind: "offline" } // nobody answers
  | { kind: "stale" } // the access token had ended; there is a new one now
  | { kind: "ended" } // nobody is signed in any more

const USUAL_WAIT_MS = 3_000

/**
 * Ask for a sound as a program, for an audio element does not say why it failed. `asked` is when the element was told
 * to fetch it, in milliseconds.
 */
export async function diagnose(url: string, asked: number): Promise<Trouble> {
  const stop = new AbortController()
  try {
    const request = new Request(new URL(url, location.origin), {
      headers: { Range: "bytes=0-0" },
      signal: stop.signal,
    })
    const reply = await sessionFetch(request)
    if (reply.ok && renewedSince(asked)) return { kind: "stale" }
    return troubleOf(reply.status, reply.headers.get("Retry-After"))
  } catch {
    return { kind: "offline" }
  } finally {
    stop.abort()
  }
}

/** What the status of a reply means for playing. */
export function troubleOf(status: number, retryAfter: string | null): Trouble {
  if (status < 400 || status === 416) return { kind: "format" }
  if (status === 401) return { kind: "ended" }
  if (status === 429 || status === 503) {
    const seconds = Number(retryAfter)
    return { kind: "busy", afterMs: seconds > 0 ? seconds * 1000 : USUAL_WAIT_MS }
  }
  if (status === 502 || status === 504) return { kind: "offline" }
  return { kind: "gone" }
}

/** What to do about a trouble. */
export interface Remedy {
  /** Nobody may listen any more. */
  end: boolean
  /** This track will never come. */
  giveUp: boolean
  /** Try another format. */
  convert: boolean
  /** It counts against the patience with this track. */
  counts: boolean
  tell: "busy" | "offline" | null
  waitMs: number
}

const NOTHING: Remedy = { end: false, giveUp: false, convert: false, counts: false, tell: null, waitMs: 0 }

/** What to do about a trouble; `lost` when the sound broke off in the middle. */
export function remedyFor(trouble: Trouble, lost: boolean): Remedy {
  switch (trouble.kind) {
    case "ended":
      return { ...NOTHING, end: true }
    case "gone":
      return { ...NOTHING, giveUp: true }
    case "stale":
      return { ...NOTHING, counts: true }
    case "busy":
      return { ...NOTHING, counts: true, tell: "busy", waitMs: trouble.afterMs }
    case "offline":
      // Tried for as long as somebody wants to hear.
      return { ...NOTHING, tell: "offline", waitMs: USUAL_WAIT_MS }
    case "format":
      return lost ? { ...NOTHING, counts: true } : { ...NOTHING, convert: true }
  }
}

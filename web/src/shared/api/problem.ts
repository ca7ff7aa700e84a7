/** What the server answers when something goes wrong (RFC 9457). */
interface ProblemBody {
  status?: number
  code?: string
  detail?: string
  field?: string
  reason?: string
  retry_after_s?: number
  changes?: unknown
  count?: number
}

/** No answer at all, or a proxy's that there is none. */
const PASSING = new Set([0, 502, 503, 504])

/** A request that did not succeed; `code` is stable, `detail` is the server's own sentence in English. */
export class ProblemError extends Error {
  readonly status: number
  readonly code: string
  readonly field: string | undefined
  readonly reason: string | undefined
  readonly retryAfterS: number | undefined
  /** Of a conflict: what others did meanwhile, where the server tells. */
  readonly changes: unknown
  /** How many of what was sent are the trouble, where the server tells. */
  readonly count: number | undefined

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? "")
    this.name = "ProblemError"
    this.status = status
    this.code = body.code ?? (status === 0 ? "offline" : "internal")
    this.field = body.field
    this.reason = body.reason
    this.retryAfterS = body.retry_after_s
    this.changes = body.changes
    this.count = body.count
  }

  /** Whether it may pass by itself: the server, or the way to it, is not there just now. */
  get passing(): boolean {
    return PASSING.has(this.status)
  }

  /** The server could not be reached at all. */
  static offline(): ProblemError {
    return new ProblemError(0, { code: "offline" })
  }
}

/** Turn the text of a failed reply into a problem, whatever answered. */
export function problemFrom(status: number, text: string): ProblemError {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === "object" && body !== null) return new ProblemError(status, body)
  } catch {
    // A proxy's error page is not JSON: the status has to do.
  }
  return new ProblemError(status, {})
}

/** Turn anything thrown by a request into a problem. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  // fetch throws a TypeError when the network or the server is not there.
  if (error instanceof TypeError) return ProblemError.offline()
  return new ProblemError(500, { detail: error instanceof Error ? error.message : "" })
}

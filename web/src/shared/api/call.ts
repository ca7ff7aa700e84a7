import { sessionFetch } from "@/shared/api/client"
import { asProblem, problemFrom } from "@/shared/api/problem"

type Values = Record<string, string | number | boolean | null | undefined>

interface Asking {
  query?: Values
  body?: unknown
  signal?: AbortSignal | undefined
}

function addressOf(path: string, query: Values): URL {
  const url = new URL(`/api/v1${path}`, location.origin)
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined) url.searchParams.set(name, String(value))
  }
  return url
}

/** Ask the server at a path below /api/v1, and return what it answers; throws ProblemError. */
export async function call<T>(
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  { query = {}, body, signal }: Asking = {},
): Promise<T> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: JSON_HEADERS }
  let reply: Response
  let text: string
  try {
    reply = await sessionFetch(
      new Request(addressOf(path, query), { method, signal: signal ?? null, ...sent }),
    )
    text = await reply.text()
  } catch (error) {
    throw asProblem(error)
  }
  if (!reply.ok) throw problemFrom(reply.status, text)
  return (text === "" ? undefined : JSON.parse(text)) as T
}

const JSON_HEADERS = { "Content-Type": "application/json" }

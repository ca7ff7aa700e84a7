import { vi } from "vitest"

/** What a route of the test's server gets to see. */
export interface Asked {
  method: string
  path: string
  query: URLSearchParams
  headers: Headers
  body: unknown
}

type Answer = Response | Promise<Response>

export function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), { status, headers: { "Content-Type": "application/json" } })
}

export function problem(status: number, code: string, more: object = {}): Response {
  return json({ status, code, title: code, detail: `the server says ${code}`, ...more }, status)
}

/**
 * Stand in for the network: answers by "METHOD /path below /api/v1", and remembers what was asked. A path may end in
 * `*`. What has no answer fails the test.
 */
export function serve(routes: Record<string, (asked: Asked) => Answer>): Asked[] {
  const log: Asked[] = []
  const answer = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = input instanceof Request ? input : new Request(new URL(input, location.origin), init)
    const url = new URL(request.url)
    const text = await request.text()
    const path = url.pathname.replace("/api/v1", "")
    const asked: Asked = {
      method: request.method,
      path,
      query: url.searchParams,
      headers: request.headers,
      body: text ? JSON.parse(text) : null,
    }
    log.push(asked)
    const fits = Object.keys(routes).find((route) => {
      const [method, pattern = ""] = route.split(" ")
      return (
        method === request.method &&
        (pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : pattern === path)
      )
    })
    const route = fits && routes[fits]
    if (!route) throw new Error(`nobody answers ${request.method} ${path}`)
    return route(asked)
  }
  vi.stubGlobal("fetch", vi.fn(answer))
  return log
}

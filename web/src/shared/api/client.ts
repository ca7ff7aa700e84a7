import createClient from "openapi-fetch"

import { asProblem, problemFrom, type ProblemError } from "@/shared/api/problem"
import type { paths } from "@/shared/api/schema"
import { csrfToken, refreshSession, sessionEnded } from "@/shared/session/session"

const OVER = new Set(["session_ended", "unauthenticated"])

function send(request: Request): Promise<Response> {
  const token = csrfToken()
  if (token !== null && request.method !== "GET") request.headers.set("X-CSRF-Token", token)
  return fetch(request)
}

async function isOver(reply: Response): Promise<boolean> {
  return reply.status === 401 && OVER.has(problemFrom(401, await reply.clone().text()).code)
}

/** Send a request; when the access token has ended, get a new one and send it once more. */
export async function sessionFetch(request: Request): Promise<Response> {
  const again = request.clone()
  const began = Date.now()
  const reply = await send(request)
  if (!(await isOver(reply))) return reply
  if (!(await refreshSession(began))) {
    sessionEnded()
    return reply
  }
  const second = await send(again)
  if (await isOver(second)) sessionEnded()
  return second
}

/** The server's API, typed by its OpenAPI document. */
export const api = createClient<paths>({ fetch: sessionFetch, baseUrl: globalThis.location.origin })

interface Reply<T> {
  data?: T
  error?: unknown
  response: Response
}

function problemOf(reply: Reply<unknown>): ProblemError {
  const { error, response } = reply
  return problemFrom(response.status, typeof error === "string" ? error : JSON.stringify(error ?? null))
}

/** The data of a reply; throws ProblemError. */
export async function take<T>(asked: Promise<Reply<T>>): Promise<T> {
  let reply: Reply<T>
  try {
    reply = await asked
  } catch (error) {
    throw asProblem(error)
  }
  if (!reply.response.ok) throw problemOf(reply)
  return reply.data as T
}

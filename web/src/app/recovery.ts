import type { Query, QueryClient } from "@tanstack/react-query"

import { asProblem, ProblemError } from "@/shared/api/problem"
import { pause } from "@/shared/format/pause"
import { toastProblem } from "@/shared/ui/toasts"

const LOOK_EVERY_MS = 3_000

async function isThere(): Promise<boolean> {
  try {
    const reply = await fetch("/api/v1/house")
    await reply.text()
    return reply.ok
  } catch {
    return false
  }
}

function failedInPassing(query: Query): boolean {
  const { error } = query.state
  return error !== null && asProblem(error).passing
}

/** Ask anew for what is shown and could not be had, as soon as the server is there again; returns how to stop. */
export function openRecovery(client: QueryClient): () => void {
  const look = async () => {
    const failed = { type: "active" as const, predicate: failedInPassing }
    if (client.getQueryCache().findAll(failed).length === 0 || !(await isThere())) return
    await client.refetchQueries(failed)
  }
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  return () => {
    clearInterval(timer)
  }
}

/** Load the code of a page; while the server is away, say so and wait for it. */
export async function persistently<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if (await isThere()) throw error
    toastProblem(ProblemError.offline())
    do await pause(LOOK_EVERY_MS)
    while (!(await isThere()))
    return load()
  }
}

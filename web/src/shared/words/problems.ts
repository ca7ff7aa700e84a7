import { asProblem } from "@/shared/api/problem"
import type { Words } from "@/shared/words/en"

/** What to tell people of something that went wrong, in their language where we have a sentence for it. */
export function sayProblem(error: unknown, words: Words): string {
  const problem = asProblem(error)
  const sentences: Record<string, string> = words.errors
  const gone = problem.code.endsWith("_not_found") ? words.errors.not_found : undefined
  return sentences[problem.code] ?? gone ?? (problem.message || words.errors.internal)
}

import { create } from "zustand"

import { sayProblem } from "@/shared/words/problems"
import { wordsNow } from "@/shared/words/words"

export interface Toast {
  id: number
  text: string
  look: "note" | "problem"
}

const SHOWN_MS = { note: 3500, problem: 7000 }
const MOST = 4

export const useToasts = create<{ toasts: Toast[] }>()(() => ({ toasts: [] }))
let last = 0

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))
}

/** Tell something in passing. */
export function toast(text: string, look: Toast["look"] = "note"): void {
  const id = ++last
  useToasts.setState(({ toasts }) => ({
    // The same message twice in a row is said once.
    toasts: [...toasts.filter((other) => other.text !== text), { id, text, look }].slice(-MOST),
  }))
  setTimeout(() => {
    dismissToast(id)
  }, SHOWN_MS[look])
}

/** Tell what went wrong. */
export function toastProblem(error: unknown): void {
  toast(sayProblem(error, wordsNow()), "problem")
}

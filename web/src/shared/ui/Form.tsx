import { useState, type ReactNode, type SubmitEvent } from "react"

import { asProblem, type ProblemError } from "@/shared/api/problem"
import { cx } from "@/shared/format/classes"
import styles from "@/shared/ui/Form.module.css"
import { sayProblem } from "@/shared/words/problems"
import { useWords } from "@/shared/words/words"

interface Sending {
  busy: boolean
  problem: ProblemError | null
  /** What is wrong with a field, if the server named it. */
  problemOf: (field: string) => string | undefined
  /** Send once at a time; the problem is kept to be shown. */
  send: (work: () => Promise<void>) => Promise<void>
}

/** The state of a form that is being sent. */
export function useSending(): Sending {
  const words = useWords()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ProblemError | null>(null)
  const send = async (work: () => Promise<void>) => {
    if (busy) return
    setBusy(true)
    setProblem(null)
    try {
      await work()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  const problemOf = (field: string) => {
    if (problem?.field !== field) return undefined
    return problem.code === "invalid" ? problem.reason : sayProblem(problem, words)
  }
  return { busy, problem, problemOf, send }
}

interface FormProps {
  onSubmit: () => void
  /** Shown above the buttons, unless a field shows it. */
  problem?: ProblemError | null
  fields?: readonly string[]
  children: ReactNode
  className?: string | undefined
}

/** A form with one place for what went wrong. */
export function Form({ onSubmit, problem, fields = [], children, className }: FormProps) {
  const words = useWords()
  const elsewhere = problem?.field !== undefined && fields.includes(problem.field)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <form className={cx(styles.form, className)} onSubmit={submit} noValidate>
      {problem && !elsewhere && (
        <p className={styles.problem} role="alert">
          {sayProblem(problem, words)}
        </p>
      )}
      {children}
    </form>
  )
}

/** Fields beside each other where there is room. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>
}

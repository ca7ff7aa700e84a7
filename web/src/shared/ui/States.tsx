import { CloudOff, Moon } from "lucide-react"
import type { ReactNode } from "react"

import { Button } from "@/shared/ui/Button"
import { Spinner } from "@/shared/ui/Spinner"
import styles from "@/shared/ui/States.module.css"
import { sayProblem } from "@/shared/words/problems"
import { useWords } from "@/shared/words/words"

/** A page or part that is on its way. */
export function Loading() {
  const words = useWords()
  return (
    <div className={styles.state} role="status">
      <Spinner size={30} />
      <span className="hidden-but-read">{words.loading}</span>
    </div>
  )
}

interface EmptyProps {
  title: string
  text?: string
  icon?: ReactNode
  /** It stands for the whole page. */
  page?: boolean
  children?: ReactNode
}

/** Nothing to show, and what to do about it. */
export function Empty({ title, text, icon, page = false, children }: EmptyProps) {
  const Heading = page ? "h1" : "h2"
  return (
    <div className={styles.state}>
      <span className={styles.icon}>{icon ?? <Moon size={30} />}</span>
      <Heading>{title}</Heading>
      {text && <p>{text}</p>}
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  )
}

/** Something that could not be loaded. */
export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const words = useWords()
  return (
    <div className={styles.state} role="alert">
      <span className={styles.icon}>
        <CloudOff size={30} />
      </span>
      <p>{sayProblem(error, words)}</p>
      {onRetry && <Button onClick={onRetry}>{words.retry}</Button>}
    </div>
  )
}

interface Asked<T> {
  data: T | undefined
  error: unknown
  refetch: () => unknown
}

/** Shows what was asked for, or that it is on its way, or why it did not come. */
export function Shown<T>({ query, children }: { query: Asked<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  return <Loading />
}

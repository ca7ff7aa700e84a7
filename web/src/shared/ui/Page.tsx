import { useEffect, type ReactNode } from "react"

import { cx } from "@/shared/format/classes"
import styles from "@/shared/ui/Page.module.css"
import { usePageTitle } from "@/shared/ui/pageTitle"

/** Name the page in the window's title while it is shown. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    usePageTitle.setState({ title: title ?? "" })
  }, [title])
}

interface PageProps {
  title: string
  /** Buttons beside the title. */
  actions?: ReactNode
  /** Filters and sorts below the title. */
  tools?: ReactNode
  text?: ReactNode
  narrow?: boolean
  children: ReactNode
}

/** The frame of an ordinary page. */
export function Page({ title, actions, tools, text, narrow = false, children }: PageProps) {
  useTitle(title)
  return (
    <div className={cx(styles.page, narrow && styles.narrow)}>
      <header className={styles.head}>
        <div className={styles.row}>
          <h1>{title}</h1>
          {actions && <div className={styles.actions}>{actions}</div>}
        </div>
        {text && <p className={styles.text}>{text}</p>}
        {tools && <div className={styles.tools}>{tools}</div>}
      </header>
      {children}
    </div>
  )
}

/** A part of a page with a heading. */
export function Section({
  title,
  aside,
  children,
}: {
  title: string
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.row}>
        <h2>{title}</h2>
        {aside && <div className={styles.actions}>{aside}</div>}
      </div>
      {children}
    </section>
  )
}

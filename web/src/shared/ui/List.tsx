import type { ReactNode } from "react"

import { cx } from "@/shared/format/classes"
import styles from "@/shared/ui/List.module.css"

/** A list of things with a few words each. */
export function List({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={styles.list} aria-label={label}>
      {children}
    </ul>
  )
}

interface ListItemProps {
  title: ReactNode
  text?: ReactNode
  lead?: ReactNode
  aside?: ReactNode
  dim?: boolean
}

export function ListItem({ title, text, lead, aside, dim = false }: ListItemProps) {
  return (
    <li className={cx(styles.item, dim && styles.dim)}>
      {lead}
      <div className={styles.body}>
        <div className={styles.title}>{title}</div>
        {text && <div className={styles.text}>{text}</div>}
      </div>
      {aside && <div className={styles.aside}>{aside}</div>}
    </li>
  )
}

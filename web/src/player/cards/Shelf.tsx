import type { ReactNode } from "react"

import styles from "@/player/cards/Card.module.css"

/** Cards in one row that scrolls sideways. */
export function Shelf({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={styles.shelf} aria-label={label}>
      {children}
    </ul>
  )
}

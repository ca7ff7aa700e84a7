import type { ReactNode } from "react"

import { cx } from "@/shared/format/classes"
import styles from "@/shared/ui/Badge.module.css"

/** A small word about the state of something. */
export function Badge({
  look = "plain",
  children,
}: {
  look?: "plain" | "good" | "bad" | "accent"
  children: ReactNode
}) {
  return <span className={cx(styles.badge, styles[look])}>{children}</span>
}

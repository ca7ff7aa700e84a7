import { useEffect, useRef } from "react"

import { cx } from "@/shared/format/classes"
import styles from "@/shared/ui/Progress.module.css"

interface ProgressProps {
  label: string
  /** From 0 to 1; left out while nobody knows. */
  value?: number | undefined
  className?: string
}

/** How far something has come. */
export function Progress({ label, value, className }: ProgressProps) {
  const bar = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (value !== undefined) bar.current?.style.setProperty("transform", `scaleX(${value})`)
  }, [value])
  return (
    <span
      className={cx(styles.progress, value === undefined && styles.unknown, className)}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value === undefined ? undefined : Math.round(value * 100)}
    >
      <span ref={bar} />
    </span>
  )
}

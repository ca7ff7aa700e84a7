import styles from "@/shared/ui/Spinner.module.css"

/** Something is on its way. */
export function Spinner({ size = 24 }: { size?: number }) {
  return (
    <svg className={styles.spinner} viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <circle
        cx="12"
        cy="12"
        r="9"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.5"
        strokeDasharray="40 60"
      />
    </svg>
  )
}

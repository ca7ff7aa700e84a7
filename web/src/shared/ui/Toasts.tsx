import { X } from "lucide-react"
import { useEffect, useRef } from "react"

import { cx } from "@/shared/format/classes"
import { dismissToast, useToasts } from "@/shared/ui/toasts"
import styles from "@/shared/ui/Toasts.module.css"
import { useWords } from "@/shared/words/words"

/** The messages in passing; read out politely. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts)
  const words = useWords()
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Shown anew, it comes to lie above a dialog that was opened meanwhile.
    ref.current?.hidePopover()
    ref.current?.showPopover()
  }, [toasts])
  return (
    <div ref={ref} popover="manual" className={styles.toasts} role="status" aria-label={words.notifications}>
      {toasts.map(({ id, text, look }) => (
        <div key={id} className={cx(styles.toast, look === "problem" && styles.problem)}>
          <span>{text}</span>
          <button
            type="button"
            aria-label={words.close}
            onClick={() => {
              dismissToast(id)
            }}
          >
            <X size={16} />
          </button>
        </div>
      ))}
    </div>
  )
}

import { X } from "lucide-react"
import { useEffect, useId, useRef, type ReactNode, type SyntheticEvent } from "react"

import { cx } from "@/shared/format/classes"
import { IconButton } from "@/shared/ui/Button"
import styles from "@/shared/ui/Dialog.module.css"
import { useWords } from "@/shared/words/words"

const TYPED_IN = "textarea, input:not([type=checkbox], [type=radio], [type=range], [type=file])"

/** Begin where one types, if that is what the dialog is for; on a touch screen the keyboard would cover it. */
function beginAtField(dialog: HTMLElement): void {
  if (window.matchMedia("(pointer: coarse)").matches) return
  dialog.querySelector<HTMLElement>(TYPED_IN)?.focus()
}

interface DialogProps {
  title: string
  onClose: () => void
  children: ReactNode
  wide?: boolean
}

/** A dialog over everything, by the browser's own: focus stays inside, Escape closes. */
export function Dialog({ title, onClose, children, wide = false }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  const words = useWords()

  useEffect(() => {
    const dialog = ref.current
    const before = document.activeElement
    dialog?.showModal()
    if (dialog) beginAtField(dialog)
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])

  const onCancel = (event: SyntheticEvent) => {
    event.preventDefault()
    onClose()
  }
  return (
    <dialog
      ref={ref}
      className={cx(styles.dialog, wide && styles.wide)}
      aria-labelledby={id}
      onCancel={onCancel}
      onMouseDown={(event) => {
        if (event.target === ref.current) onClose()
      }}
    >
      <div className={styles.inside}>
        <header className={styles.head}>
          <h2 id={id}>{title}</h2>
          <IconButton label={words.close} onClick={onClose}>
            <X size={20} />
          </IconButton>
        </header>
        {children}
      </div>
    </dialog>
  )
}

/** The buttons at the foot of a dialog. */
export function DialogFoot({ children }: { children: ReactNode }) {
  return <footer className={styles.foot}>{children}</footer>
}

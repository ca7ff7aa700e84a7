import type { ComponentProps, ReactNode } from "react"

import { cx } from "@/shared/format/classes"
import styles from "@/shared/ui/Button.module.css"
import { Spinner } from "@/shared/ui/Spinner"

interface ButtonProps extends ComponentProps<"button"> {
  look?: "primary" | "soft" | "plain" | "danger"
  busy?: boolean
  icon?: ReactNode
}

/** A button with words; `busy` shows that it works and takes no second press. */
export function Button({
  look = "soft",
  busy = false,
  icon,
  children,
  className,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={cx(styles.button, styles[look], className)}
      disabled={disabled ?? busy}
      aria-busy={busy || undefined}
    >
      {busy ? <Spinner size={16} /> : icon}
      <span>{children}</span>
    </button>
  )
}

interface IconButtonProps extends ComponentProps<"button"> {
  label: string
  on?: boolean
  size?: "s" | "m" | "l"
}

/** A round button with a picture; the label is read out and shown as a hint. */
export function IconButton({ label, on, size = "m", className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      aria-pressed={on}
      {...rest}
      className={cx(styles.icon, styles[size], on && styles.on, className)}
    >
      {children}
    </button>
  )
}

import { Eye, EyeOff } from "lucide-react"
import { useId, useState, type ComponentProps, type ReactNode } from "react"

import { cx } from "@/shared/format/classes"
import { IconButton } from "@/shared/ui/Button"
import styles from "@/shared/ui/Field.module.css"
import { useWords } from "@/shared/words/words"

interface Around {
  label: string
  hint?: ReactNode
  problem?: string | undefined
  aside?: ReactNode
}

interface FieldProps extends Around {
  id: string
  children: ReactNode
}

/** The frame of a field: its label, hint and what is wrong with it. */
export function Field({ id, label, hint, problem, aside, children }: FieldProps) {
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id}>{label}</label>
        {aside}
      </div>
      {children}
      {hint && !problem && (
        <p id={`${id}-about`} className={styles.hint}>
          {hint}
        </p>
      )}
      {problem && (
        <p id={`${id}-about`} className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

function described(id: string, { hint, problem }: Around) {
  return {
    id,
    "aria-describedby": hint || problem ? `${id}-about` : undefined,
    "aria-invalid": problem ? true : undefined,
  }
}

type TextFieldProps = Around & ComponentProps<"input">

/** A line of text. */
export function TextField({ label, hint, problem, aside, className, ...rest }: TextFieldProps) {
  const id = useId()
  const around = { label, hint, problem, aside }
  return (
    <Field id={id} {...around}>
      <input type="text" {...rest} {...described(id, around)} className={cx(styles.input, className)} />
    </Field>
  )
}

type TextAreaProps = Around & ComponentProps<"textarea">

/** Several lines of text. */
export function TextAreaField({ label, hint, problem, aside, className, ...rest }: TextAreaProps) {
  const id = useId()
  const around = { label, hint, problem, aside }
  return (
    <Field id={id} {...around}>
      <textarea {...rest} {...described(id, around)} className={cx(styles.input, styles.area, className)} />
    </Field>
  )
}

/** A password, which can be shown. */
export function PasswordField({ label, hint, problem, aside, ...rest }: TextFieldProps) {
  const id = useId()
  const words = useWords()
  const [shown, setShown] = useState(false)
  const around = { label, hint, problem, aside }
  return (
    <Field id={id} {...around}>
      <div className={styles.with}>
        <input
          {...rest}
          {...described(id, around)}
          type={shown ? "text" : "password"}
          className={styles.input}
        />
        <IconButton
          size="s"
          label={shown ? words.entry.hidePassword : words.entry.showPassword}
          onClick={() => {
            setShown(!shown)
          }}
        >
          {shown ? <EyeOff size={18} /> : <Eye size={18} />}
        </IconButton>
      </div>
    </Field>
  )
}

type SelectFieldProps = Around & ComponentProps<"select">

/** One of several. */
export function SelectField({ label, hint, problem, aside, className, ...rest }: SelectFieldProps) {
  const id = useId()
  const around = { label, hint, problem, aside }
  return (
    <Field id={id} {...around}>
      <select {...rest} {...described(id, around)} className={cx(styles.input, styles.select, className)} />
    </Field>
  )
}

/** A select without room for a label: in toolbars and tables. */
export function BareSelect({ label, className, ...rest }: { label: string } & ComponentProps<"select">) {
  return <select {...rest} aria-label={label} title={label} className={cx(styles.bare, className)} />
}

/** Yes or no. */
export function CheckField({ label, ...rest }: { label: string } & ComponentProps<"input">) {
  return (
    <label className={styles.check}>
      <input {...rest} type="checkbox" />
      <span>{label}</span>
    </label>
  )
}

import { X } from "lucide-react"
import { useId, useState, type KeyboardEvent, type ReactNode } from "react"

import { Field } from "@/shared/ui/Field"
import styles from "@/shared/ui/NamesField.module.css"
import { useWords } from "@/shared/words/words"

interface NamesFieldProps {
  label: string
  names: readonly string[]
  onChange: (names: string[]) => void
  aside?: ReactNode
  problem?: string | undefined
}

/** A list of names: each is one, whatever signs it contains. */
export function NamesField({ label, names, onChange, aside, problem }: NamesFieldProps) {
  const id = useId()
  const words = useWords()
  const [typed, setTyped] = useState("")

  const add = () => {
    const name = typed.trim()
    if (name && !names.includes(name)) onChange([...names, name])
    setTyped("")
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && typed.trim()) {
      event.preventDefault()
      add()
    } else if (event.key === "Backspace" && typed === "") {
      onChange(names.slice(0, -1))
    }
  }
  return (
    <Field id={id} label={label} aside={aside} problem={problem}>
      <ul className={styles.names}>
        {names.map((name) => (
          <li key={name} className={styles.name}>
            <span>{name}</span>
            <button
              type="button"
              aria-label={words.list.remove(name)}
              onClick={() => {
                onChange(names.filter((other) => other !== name))
              }}
            >
              <X size={14} />
            </button>
          </li>
        ))}
        <li className={styles.typing}>
          <input
            id={id}
            value={typed}
            maxLength={500}
            placeholder={names.length ? words.list.hint : ""}
            onChange={(event) => {
              setTyped(event.target.value)
            }}
            onKeyDown={onKeyDown}
            onBlur={add}
          />
        </li>
      </ul>
    </Field>
  )
}

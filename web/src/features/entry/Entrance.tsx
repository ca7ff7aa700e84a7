import type { ReactNode } from "react"

import styles from "@/features/entry/Entrance.module.css"
import { usePreferences, type Language, type Theme } from "@/shared/preferences/preferences"
import { BareSelect } from "@/shared/ui/Field"
import { Logo } from "@/shared/ui/Logo"
import { useTitle } from "@/shared/ui/Page"
import { useWords } from "@/shared/words/words"

/** The porch: the frame of the pages for those who are not in yet. */
export function Entrance({
  title,
  text,
  children,
}: {
  title: string
  text?: ReactNode
  children?: ReactNode
}) {
  const words = useWords().settings
  const { language, theme, setLanguage, setTheme } = usePreferences()
  useTitle(title)
  return (
    <div className={styles.entrance}>
      <main className={styles.door}>
        <div className={styles.logo}>
          <Logo size={56} />
        </div>
        <h1>{title}</h1>
        {text && <p className={styles.text}>{text}</p>}
        {children}
      </main>
      <footer className={styles.foot}>
        <BareSelect
          label={words.language}
          value={language}
          onChange={(event) => {
            setLanguage(event.target.value as Language)
          }}
        >
          {(["auto", "en", "pt-BR"] as const).map((one) => (
            <option key={one} value={one}>
              {words.languages[one]}
            </option>
          ))}
        </BareSelect>
        <BareSelect
          label={words.theme}
          value={theme}
          onChange={(event) => {
            setTheme(event.target.value as Theme)
          }}
        >
          {(["auto", "light", "dark"] as const).map((one) => (
            <option key={one} value={one}>
              {words.themes[one]}
            </option>
          ))}
        </BareSelect>
      </footer>
    </div>
  )
}

import type { ComponentProps, ComponentType } from "react"

import { usePreferences, type Language, type Theme } from "@/shared/preferences/preferences"
import { useWords } from "@/shared/words/words"

const LANGUAGES: readonly Language[] = ["auto", "en", "pt-BR"]
const THEMES: readonly Theme[] = ["auto", "light", "dark"]

type Select = ComponentType<{ label: string } & ComponentProps<"select">>

/** Chooses which language the page speaks, in a select of one's own. */
export function LanguageField({ as: Field }: { as: Select }) {
  const words = useWords().settings
  const { language, setLanguage } = usePreferences()
  return (
    <Field
      label={words.language}
      value={language}
      onChange={(event) => {
        setLanguage(event.target.value as Language)
      }}
    >
      {LANGUAGES.map((one) => (
        <option key={one} value={one}>
          {words.languages[one]}
        </option>
      ))}
    </Field>
  )
}

/** Chooses how the page looks, in a select of one's own. */
export function ThemeField({ as: Field }: { as: Select }) {
  const words = useWords().settings
  const { theme, setTheme } = usePreferences()
  return (
    <Field
      label={words.theme}
      value={theme}
      onChange={(event) => {
        setTheme(event.target.value as Theme)
      }}
    >
      {THEMES.map((one) => (
        <option key={one} value={one}>
          {words.themes[one]}
        </option>
      ))}
    </Field>
  )
}

import styles from "@/features/profile/Profile.module.css"
import { usePreferences, type Language, type Theme } from "@/shared/preferences/preferences"
import { SelectField } from "@/shared/ui/Field"
import { FieldRow } from "@/shared/ui/Form"
import { useWords } from "@/shared/words/words"

/** How the page looks and speaks in this browser. */
export function Appearance() {
  const words = useWords().settings
  const { theme, language, setTheme, setLanguage } = usePreferences()
  return (
    <div className={styles.card}>
      <FieldRow>
        <SelectField
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
        </SelectField>
        <SelectField
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
        </SelectField>
      </FieldRow>
    </div>
  )
}

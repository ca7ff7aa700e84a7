import styles from "@/features/profile/Profile.module.css"
import { LanguageField, ThemeField } from "@/shared/preferences/PreferenceFields"
import { SelectField } from "@/shared/ui/Field"
import { FieldRow } from "@/shared/ui/Form"

/** How the page looks and speaks in this browser. */
export function Appearance() {
  return (
    <div className={styles.card}>
      <FieldRow>
        <ThemeField as={SelectField} />
        <LanguageField as={SelectField} />
      </FieldRow>
    </div>
  )
}

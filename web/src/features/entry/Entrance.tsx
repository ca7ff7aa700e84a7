import type { ReactNode } from "react"

import styles from "@/features/entry/Entrance.module.css"
import { LanguageField, ThemeField } from "@/shared/preferences/PreferenceFields"
import { BareSelect } from "@/shared/ui/Field"
import { Logo } from "@/shared/ui/Logo"
import { useTitle } from "@/shared/ui/Page"

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
        <LanguageField as={BareSelect} />
        <ThemeField as={BareSelect} />
      </footer>
    </div>
  )
}

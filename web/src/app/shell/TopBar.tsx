import { useQueryClient } from "@tanstack/react-query"
import {
  ChevronLeft,
  ChevronRight,
  CircleUser,
  Keyboard,
  LogOut,
  Moon,
  Sun,
  SunMoon,
  UserRound,
} from "lucide-react"
import { useNavigate } from "react-router"

import { SearchField } from "@/app/shell/SearchField"
import styles from "@/app/shell/TopBar.module.css"
import { api, take } from "@/shared/api/client"
import { cx } from "@/shared/format/classes"
import { usePreferences, type Theme } from "@/shared/preferences/preferences"
import { signedOut, useMe } from "@/shared/session/house"
import { sessionEnded } from "@/shared/session/session"
import { IconButton } from "@/shared/ui/Button"
import { openDialog } from "@/shared/ui/dialogs"
import { Menu, type MenuItem } from "@/shared/ui/Menu"
import { useWords } from "@/shared/words/words"

const THEMES: Record<Theme, Theme> = { auto: "light", light: "dark", dark: "auto" }
const THEME_ICONS = { auto: <SunMoon size={18} />, light: <Sun size={18} />, dark: <Moon size={18} /> }

function useAccountMenu(): () => MenuItem[] {
  const words = useWords()
  const client = useQueryClient()
  const { theme, setTheme } = usePreferences()
  const signOut = async () => {
    // Whatever the server says, this browser is done.
    await take(api.POST("/api/v1/auth/sign-out")).catch(() => null)
    signedOut(client)
    sessionEnded()
  }
  return () => [
    { label: words.nav.profile, icon: <UserRound size={18} />, to: "/profile" },
    {
      label: `${words.settings.theme}: ${words.settings.themes[theme]}`,
      icon: THEME_ICONS[theme],
      onSelect: () => {
        setTheme(THEMES[theme])
      },
    },
    {
      label: words.shortcuts.title,
      icon: <Keyboard size={18} />,
      onSelect: () => {
        openDialog({ kind: "shortcuts" })
      },
    },
    { label: words.nav.signOut, icon: <LogOut size={18} />, apart: true, onSelect: () => void signOut() },
  ]
}

/** Back and forth, search, and one's account. */
export function TopBar({ raised }: { raised: boolean }) {
  const words = useWords()
  const navigate = useNavigate()
  const { user } = useMe()
  const items = useAccountMenu()
  return (
    <header className={cx(styles.bar, raised && styles.raised)}>
      <div className={styles.history}>
        <IconButton size="s" label={words.back} onClick={() => void navigate(-1)}>
          <ChevronLeft size={22} />
        </IconButton>
        <IconButton size="s" label={words.forward} onClick={() => void navigate(1)}>
          <ChevronRight size={22} />
        </IconButton>
      </div>
      <SearchField />
      <Menu
        label={words.nav.account(user.display_name || user.username)}
        items={items}
        icon={<CircleUser size={24} />}
        className={styles.account}
      />
    </header>
  )
}

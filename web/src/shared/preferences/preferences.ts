import { create } from "zustand"
import { persist } from "zustand/middleware"

export type Theme = "auto" | "light" | "dark"
export type Language = "auto" | "en" | "pt-BR"

interface Preferences {
  theme: Theme
  language: Language
  setTheme: (theme: Theme) => void
  setLanguage: (language: Language) => void
}

/** What somebody prefers in this browser. The name is also read by public/theme.js. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      theme: "auto",
      language: "auto",
      setTheme: (theme) => {
        set({ theme })
      },
      setLanguage: (language) => {
        set({ language })
      },
    }),
    { name: "sarau.preferences", version: 1 },
  ),
)

const BAR_COLORS = { light: "#fbf7f1", dark: "#15110f" }

/** Show the preferred theme, now and whenever it changes. */
export function applyTheme(theme: Theme): void {
  const root = document.documentElement
  if (theme === "auto") delete root.dataset.theme
  else root.dataset.theme = theme
  const dark = theme === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark"
  document
    .querySelector("meta[name=theme-color]")
    ?.setAttribute("content", BAR_COLORS[dark ? "dark" : "light"])
}

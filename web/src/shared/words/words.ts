import { usePreferences, type Language } from "@/shared/preferences/preferences"
import { en, type Words } from "@/shared/words/en"
import { ptBR } from "@/shared/words/pt-BR"

export type Tongue = Exclude<Language, "auto">

const CATALOGUES: Record<Tongue, Words> = { en, "pt-BR": ptBR }

/** The language to speak: the one chosen, else the first of the browser's that we know. */
export function tongueOf(language: Language, browser: readonly string[]): Tongue {
  if (language !== "auto") return language
  for (const wanted of browser) {
    if (wanted.toLowerCase().startsWith("pt")) return "pt-BR"
    if (wanted.toLowerCase().startsWith("en")) return "en"
  }
  return "en"
}

/** The language spoken now, outside of components. */
export function tongue(): Tongue {
  return tongueOf(usePreferences.getState().language, navigator.languages)
}

/** The words of the language spoken now, outside of components. */
export function wordsNow(): Words {
  return CATALOGUES[tongue()]
}

export function useTongue(): Tongue {
  return tongueOf(
    usePreferences((state) => state.language),
    navigator.languages,
  )
}

/** How the browser's own country writes dates and numbers in a language, if it speaks it: English has many ways. */
export function localeOf(spoken: Tongue, browser: readonly string[]): string {
  const [language = spoken] = spoken.split("-")
  return browser.find((wanted) => wanted.toLowerCase().split("-")[0] === language) ?? spoken
}

/** How dates and numbers are written. */
export function useLocale(): string {
  return localeOf(useTongue(), navigator.languages)
}

/** The words of the language spoken now. */
export function useWords(): Words {
  return CATALOGUES[useTongue()]
}

/** The word for a value the server names, or the value itself when the server knows more than we do. */
export function named(table: Record<string, string>, key: string): string {
  return table[key] ?? key
}

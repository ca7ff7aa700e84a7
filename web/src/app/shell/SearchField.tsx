import { Search, X } from "lucide-react"
import { useState, type KeyboardEvent } from "react"
import { useLocation, useNavigate, useSearchParams } from "react-router"

import styles from "@/app/shell/SearchField.module.css"
import { useWords } from "@/shared/words/words"

export const SEARCH_ID = "search"
/** What is there for the words that stand in the field; what was found for others is not meant by Enter. */
const FIRST_FOUND = "[data-search-results=found] a, [data-search-results=found] button"

/** Searches while one types; the words typed are the address, so going back works. */
export function SearchField() {
  const words = useWords()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const [parameters] = useSearchParams()
  const searching = pathname === "/search"
  const addressed = searching ? (parameters.get("q") ?? "") : ""
  // The address follows a moment later, for its page may have to be fetched; until then what was typed counts.
  const [ahead, setAhead] = useState<string | null>(null)
  if (ahead !== null && ahead === addressed) setAhead(null)
  const typed = ahead ?? addressed

  const search = (text: string) => {
    setAhead(text)
    const to = text ? `/search?${new URLSearchParams({ q: text }).toString()}` : "/search"
    void navigate(to, { replace: searching })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Escape") {
      if (typed) search("")
      else event.currentTarget.blur()
    }
    if (event.key === "Enter" && window.matchMedia("(pointer: coarse)").matches) {
      // On a screen keyboard Enter only puts the keyboard away, which hides what was found.
      event.currentTarget.blur()
    } else if (event.key === "ArrowDown" || event.key === "Enter") {
      const first = document.querySelector<HTMLElement>(FIRST_FOUND)
      if (!first) return
      event.preventDefault()
      if (event.key === "Enter") first.click()
      else first.focus()
    }
  }
  return (
    <div role="search" className={styles.search}>
      <Search size={18} />
      <input
        id={SEARCH_ID}
        type="search"
        aria-label={words.search.label}
        placeholder={words.search.prompt}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          search(event.target.value)
        }}
        onKeyDown={onKeyDown}
      />
      {typed ? (
        <button
          type="button"
          aria-label={words.search.clear}
          onClick={() => {
            search("")
            document.getElementById(SEARCH_ID)?.focus()
          }}
        >
          <X size={18} />
        </button>
      ) : (
        <kbd aria-hidden="true">/</kbd>
      )}
    </div>
  )
}

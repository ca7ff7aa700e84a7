import { useSearchParams } from "react-router"

import styles from "@/features/search/Search.module.css"
import { useWords } from "@/shared/words/words"

type Meaning = "artist" | "album" | "titleOf" | "genre" | "year" | "years" | "exact"

const EXAMPLES: readonly [text: string, meaning: Meaning][] = [
  ['artist:"elis regina"', "artist"],
  ["album:clube", "album"],
  ["title:wave", "titleOf"],
  ["genre:samba", "genre"],
  ["year:1972", "year"],
  ["year:1970..1979", "years"],
  ['"de março"', "exact"],
]

/** Says by examples how to search in one field only; each can be taken over with a press. */
export function FilterHelp({ typed, open }: { typed: string; open: boolean }) {
  const words = useWords().search.filters
  const [, setParameters] = useSearchParams()
  return (
    <details className={styles.help} open={open}>
      <summary>{words.title}</summary>
      <p>{words.text}</p>
      <dl>
        {EXAMPLES.map(([text, meaning]) => (
          <div key={text}>
            <dt>
              <button
                type="button"
                onClick={() => {
                  setParameters({ q: typed ? `${typed} ${text}` : text }, { replace: true })
                  document.getElementById("search")?.focus()
                }}
              >
                <code>{text}</code>
              </button>
            </dt>
            <dd>{words[meaning]}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

import { useQuery } from "@tanstack/react-query"
import { MicVocal } from "lucide-react"
import { useState } from "react"

import { usePresent } from "@/player/engine/store"
import { sheetText } from "@/player/panels/lyricsText"
import styles from "@/player/panels/Panel.module.css"
import { sheetsQuery } from "@/shared/api/catalogue"
import type { Sheet } from "@/shared/api/types"
import { cx } from "@/shared/format/classes"
import { BareSelect } from "@/shared/ui/Field"
import { Empty, Shown } from "@/shared/ui/States"
import { named, useWords } from "@/shared/words/words"

function Sheets({ sheets }: { sheets: readonly Sheet[] }) {
  const words = useWords().player
  const [chosen, setChosen] = useState(0)
  const sheet = sheets[chosen] ?? sheets[0]
  if (!sheet) return <Empty icon={<MicVocal size={28} />} title={words.noLyrics} text={words.noLyricsText} />
  return (
    <>
      {sheets.length > 1 && (
        <BareSelect
          label={words.lyrics}
          value={sheets.indexOf(sheet)}
          onChange={(event) => {
            setChosen(Number(event.target.value))
          }}
        >
          {sheets.map(({ source, format }, index) => (
            <option key={`${source} ${format}`} value={index}>
              {named(words.sheets, format)} ({source})
            </option>
          ))}
        </BareSelect>
      )}
      <div className={cx(styles.sheet, sheet.format === "chordpro" && styles.chords)}>{sheetText(sheet)}</div>
    </>
  )
}

/** The words of what plays. */
export function LyricsPanel() {
  const words = useWords().player
  const item = usePresent()
  const id = item?.track.id ?? ""
  const query = useQuery({ ...sheetsQuery(id), enabled: id !== "" })
  return (
    <div className={styles.panel}>
      <div className={styles.head}>
        <h2>{words.lyrics}</h2>
      </div>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={words.lyrics}>
        {item ? (
          <Shown query={query}>{(data) => <Sheets key={id} sheets={data.items} />}</Shown>
        ) : (
          <Empty icon={<MicVocal size={28} />} title={words.nothing} />
        )}
      </div>
    </div>
  )
}

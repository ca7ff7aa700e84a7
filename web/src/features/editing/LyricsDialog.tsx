import { useQuery, useQueryClient } from "@tanstack/react-query"
import { Download, FilePenLine } from "lucide-react"
import { useState } from "react"

import styles from "@/features/editing/Editing.module.css"
import { lyricsQuery, saveSheet, sheetUrl, type LyricsSheet, type SheetFormat } from "@/shared/api/lyrics"
import type { Track } from "@/shared/api/types"
import { Button } from "@/shared/ui/Button"
import { Dialog, DialogFoot } from "@/shared/ui/Dialog"
import { SelectField, TextAreaField } from "@/shared/ui/Field"
import { Form, useSending } from "@/shared/ui/Form"
import { List, ListItem } from "@/shared/ui/List"
import { Shown } from "@/shared/ui/States"
import { toast } from "@/shared/ui/toasts"
import { named, useWords } from "@/shared/words/words"

const FORMATS = ["auto", "lrc", "chordpro", "chords_over_words", "plain"] as const
const HOUSE = ["house", "house-chords"]
const AS_WRITTEN = { transpose: 0, capo: 0, simplified: false }

interface SheetsProps {
  track: Track
  sheets: readonly LyricsSheet[]
  onUse: (sheet: LyricsSheet) => void
}

/** What there is already, to be taken home as it came or to begin with. */
function Sheets({ track, sheets, onUse }: SheetsProps) {
  const words = useWords().lyrics.editor
  const sources: Record<string, string> = words.sources
  if (sheets.length === 0) return null
  return (
    <List label={words.existing}>
      {sheets.map((sheet) => {
        const source = sources[sheet.source] ?? words.beside(sheet.source)
        return (
          <ListItem
            key={`${sheet.source} ${sheet.format}`}
            title={named(words.formats, sheet.format)}
            text={source}
            aside={
              <>
                <Button
                  icon={<FilePenLine size={16} />}
                  aria-label={words.useOf(source)}
                  onClick={() => {
                    onUse(sheet)
                  }}
                >
                  {words.use}
                </Button>
                <a
                  className={styles.download}
                  href={sheetUrl(track.id, sheet.source)}
                  download
                  title={words.download}
                  aria-label={`${words.download}: ${source}`}
                >
                  <Download size={18} />
                </a>
              </>
            }
          />
        )
      })}
    </List>
  )
}

interface SheetFormProps {
  track: Track
  sheets: readonly LyricsSheet[]
  onClose: () => void
}

function SheetForm({ track, sheets, onClose }: SheetFormProps) {
  const words = useWords()
  const editor = words.lyrics.editor
  const client = useQueryClient()
  const { busy, problem, problemOf, send } = useSending()
  const own = sheets.find(({ source }) => HOUSE.includes(source))
  const [content, setContent] = useState(own?.content ?? "")
  const [format, setFormat] = useState<SheetFormat | "auto">(own?.format ?? "auto")

  const keep = (kept: string) =>
    send(async () => {
      await saveSheet(track.id, kept === "" ? "auto" : format, kept)
      await client.invalidateQueries({ queryKey: ["catalogue", "lyrics", track.id] })
      toast(kept === "" ? editor.removed : editor.saved)
      onClose()
    })
  return (
    <Form onSubmit={() => void keep(content)} problem={problem} fields={["content", "format"]}>
      <TextAreaField
        label={editor.sheet}
        hint={editor.hint}
        value={content}
        rows={12}
        spellCheck={false}
        problem={problemOf("content")}
        onChange={(event) => {
          setContent(event.target.value)
        }}
      />
      <SelectField
        label={editor.format}
        value={format}
        problem={problemOf("format")}
        onChange={(event) => {
          setFormat(event.target.value as SheetFormat | "auto")
        }}
      >
        {FORMATS.map((one) => (
          <option key={one} value={one}>
            {editor.formats[one]}
          </option>
        ))}
      </SelectField>
      <Sheets
        track={track}
        sheets={sheets}
        onUse={(sheet) => {
          setContent(sheet.content)
          setFormat(sheet.format)
        }}
      />
      <DialogFoot>
        {own && (
          <Button look="danger" busy={busy} onClick={() => void keep("")}>
            {editor.remove}
          </Button>
        )}
        <Button look="plain" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button type="submit" look="primary" busy={busy} disabled={busy || content.trim() === ""}>
          {words.save}
        </Button>
      </DialogFoot>
    </Form>
  )
}

/** Writes a track's lyrics and chords, or takes away what was written. */
export function LyricsDialog({ track, onClose }: { track: Track; onClose: () => void }) {
  const words = useWords().lyrics.editor
  const query = useQuery(lyricsQuery(track.id, AS_WRITTEN))
  return (
    <Dialog title={words.title(track.title)} onClose={onClose} wide>
      <Shown query={query}>
        {({ sheets }) => <SheetForm track={track} sheets={sheets} onClose={onClose} />}
      </Shown>
    </Dialog>
  )
}

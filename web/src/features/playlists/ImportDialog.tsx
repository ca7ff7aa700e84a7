import { useMutation, useQueryClient } from "@tanstack/react-query"
import { CircleCheck, FileUp } from "lucide-react"
import { useRef } from "react"
import { useNavigate } from "react-router"

import styles from "@/features/playlists/Import.module.css"
import { filePlaylist, importPlaylist, type ImportedPlaylist } from "@/shared/api/playlists"
import { copyText } from "@/shared/format/clipboard"
import { Button } from "@/shared/ui/Button"
import { Dialog, DialogFoot } from "@/shared/ui/Dialog"
import { toast, toastProblem } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

const ENDINGS = ".m3u,.m3u8,.xspf,.jspf,.json"
const WAYS = ["by_path", "by_code", "by_words"] as const
type Report = ImportedPlaylist["report"]
type NotFound = Report["not_found"][number]

/** What a file says of a track that was not found. */
function told({ title, artist, album, location }: NotFound): string {
  return [artist, title, album].filter(Boolean).join(" – ") || (location ?? "?")
}

function NotFoundList({ missing }: { missing: readonly NotFound[] }) {
  const words = useWords()
  const { collection } = words
  const copy = async () => {
    const done = await copyText(missing.map((one) => `${one.number}\t${told(one)}`).join("\n"))
    toast(done ? words.copied : words.copyFailed, done ? "note" : "problem")
  }
  if (missing.length === 0) {
    return (
      <p className={styles.whole}>
        <CircleCheck size={19} />
        {collection.allFound}
      </p>
    )
  }
  return (
    <div className={styles.missing}>
      <div className={styles.row}>
        <strong>{collection.notFound(missing.length)}</strong>
        <Button look="plain" onClick={() => void copy()}>
          {collection.copyReport}
        </Button>
      </div>
      {/* A list that scrolls must be reachable by keys. */}
      <ol tabIndex={0} aria-label={collection.notFound(missing.length)}>
        {missing.map((one) => (
          <li key={one.number} value={one.number}>
            {told(one)}
          </li>
        ))}
      </ol>
    </div>
  )
}

function ReportView({ playlist, report }: ImportedPlaylist) {
  const words = useWords()
  const { collection } = words
  const found = report.listed - report.not_found.length
  return (
    <div className={styles.report} role="status">
      <h3>{playlist.name}</h3>
      <p>{collection.imported(words.counts.tracks(found), report.listed)}</p>
      <ul className={styles.ways}>
        {WAYS.filter((way) => report[way] > 0).map((way) => (
          <li key={way}>
            <strong>{report[way]}</strong> {collection.foundBy[way]}
          </li>
        ))}
      </ul>
      <NotFoundList missing={report.not_found} />
    </div>
  )
}

interface ImportDialogProps {
  /** The folder that the playlist goes into. */
  folderId: string | null
  onClose: () => void
}

/** Makes a playlist of a file, and tells what of it was found. */
export function ImportDialog({ folderId, onClose }: ImportDialogProps) {
  const words = useWords()
  const { collection } = words
  const client = useQueryClient()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const { mutate, data, isPending } = useMutation({
    mutationFn: async (file: File) => {
      const made = await importPlaylist(file)
      // It is made, even where it cannot go into the folder: to try again would make a second one.
      if (folderId !== null) await filePlaylist(made.playlist.id, folderId).catch(toastProblem)
      return made
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["playlists"] }),
  })
  const open = async (id: string) => {
    onClose()
    await navigate(`/playlists/${id}`)
  }
  return (
    <Dialog title={collection.import} onClose={onClose}>
      {data ? <ReportView {...data} /> : <p className={styles.soft}>{collection.importText}</p>}
      <input
        ref={input}
        type="file"
        accept={ENDINGS}
        className="hidden-but-read"
        tabIndex={-1}
        aria-label={collection.chooseFile}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) mutate(file)
          event.target.value = ""
        }}
      />
      <DialogFoot>
        {data ? (
          <>
            <Button look="plain" onClick={onClose}>
              {words.close}
            </Button>
            <Button look="primary" onClick={() => void open(data.playlist.id)}>
              {collection.openIt}
            </Button>
          </>
        ) : (
          <Button
            look="primary"
            icon={<FileUp size={18} />}
            busy={isPending}
            onClick={() => {
              input.current?.click()
            }}
          >
            {isPending ? collection.importing : collection.chooseFile}
          </Button>
        )}
      </DialogFoot>
    </Dialog>
  )
}

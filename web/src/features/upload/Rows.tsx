import { Check, CircleAlert, Copy, RotateCw, X } from "lucide-react"
import { memo } from "react"
import { Link } from "react-router"

import styles from "@/features/upload/Upload.module.css"
import { cancelUpload, isOver, retryUploads, type Upload } from "@/features/upload/queue"
import { bytes } from "@/shared/format/bytes"
import { cx } from "@/shared/format/classes"
import { IconButton } from "@/shared/ui/Button"
import { Progress } from "@/shared/ui/Progress"
import { sayProblem } from "@/shared/words/problems"
import { useLocale, useWords } from "@/shared/words/words"

const ICONS = {
  done: <Check size={18} />,
  duplicate: <Copy size={18} />,
  failed: <CircleAlert size={18} />,
  cancelled: <X size={18} />,
}

function About({ upload }: { upload: Upload }) {
  const words = useWords()
  const locale = useLocale()
  const { state, problem, albumId, title, file, sentBytes } = upload
  const said = words.upload.states[state]
  if (state === "failed" && problem) return <span className={styles.bad}>{sayProblem(problem, words)}</span>
  if (state === "sending" && file.size > 0)
    return <>{`${bytes(sentBytes, locale)} / ${bytes(file.size, locale)}`}</>
  if (!title) return <>{said}</>
  return (
    <>
      {said}: {albumId ? <Link to={`/albums/${albumId}`}>{title}</Link> : title}
    </>
  )
}

const Row = memo(function Row({ upload }: { upload: Upload }) {
  const words = useWords().upload
  const { id, name, state, sentBytes, file } = upload
  const over = isOver(upload)
  const again = state === "failed" || state === "cancelled"
  return (
    <li className={cx(styles.row, styles[state])} data-state={state}>
      <span className={styles.icon}>{ICONS[state as keyof typeof ICONS]}</span>
      <div className={styles.body}>
        <div className="ellipsis" title={name}>
          {name}
        </div>
        <div className={styles.about}>
          <About upload={upload} />
        </div>
        {!over && state !== "waiting" && (
          <Progress
            label={name}
            value={state === "reading" ? undefined : sentBytes / Math.max(1, file.size)}
          />
        )}
      </div>
      {again && (
        <IconButton
          size="s"
          label={words.retryOne(name)}
          onClick={() => {
            retryUploads(id)
          }}
        >
          <RotateCw size={17} />
        </IconButton>
      )}
      {!over && (
        <IconButton
          size="s"
          label={words.cancel(name)}
          onClick={() => {
            cancelUpload(id)
          }}
        >
          <X size={18} />
        </IconButton>
      )}
    </li>
  )
})

/** The files of an upload, each with how far it is. */
export function Rows({ uploads }: { uploads: readonly Upload[] }) {
  const words = useWords().upload
  return (
    <ul className={styles.rows} aria-label={words.list}>
      {uploads.map((upload) => (
        <Row key={upload.id} upload={upload} />
      ))}
    </ul>
  )
}

import { Link } from "react-router"

import styles from "@/features/upload/Upload.module.css"
import { isOver, useUploads } from "@/features/upload/queue"
import { Progress } from "@/shared/ui/Progress"
import { useWords } from "@/shared/words/words"

/** Shows on every page how far the uploads have come. */
export function UploadPill() {
  const words = useWords().upload
  const uploads = useUploads((state) => state.uploads)
  const done = uploads.filter(isOver).length
  if (uploads.length === 0 || done === uploads.length) return null
  const sent = uploads.reduce(
    (sum, { file, sentBytes, state }) => sum + (state === "waiting" ? 0 : Math.min(sentBytes, file.size)),
    0,
  )
  const all = uploads.reduce((sum, { file }) => sum + file.size, 0)
  const text = words.progress(done, uploads.length)
  return (
    <Link to="/upload" className={styles.pill}>
      <span>{text}</span>
      <Progress label={text} value={all ? sent / all : 0} />
    </Link>
  )
}

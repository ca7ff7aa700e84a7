import { FileMusic, FolderUp, UploadCloud } from "lucide-react"
import { useRef, type ChangeEvent } from "react"

import { Rows } from "@/features/upload/Rows"
import styles from "@/features/upload/Upload.module.css"
import { ACCEPTED, sounds } from "@/features/upload/files"
import {
  addUploads,
  cancelAllUploads,
  clearUploads,
  isOver,
  retryUploads,
  useUploads,
} from "@/features/upload/queue"
import { bytes } from "@/shared/format/bytes"
import { useMay, useMe } from "@/shared/session/house"
import { Button } from "@/shared/ui/Button"
import { Page, Section } from "@/shared/ui/Page"
import { Empty } from "@/shared/ui/States"
import { useLocale, useWords } from "@/shared/words/words"

/** How much one has uploaded, and may. */
function Room() {
  const words = useWords().upload
  const locale = useLocale()
  const { room } = useMe()
  if (!room) return null
  const used = bytes(room.used_bytes, locale)
  const text =
    room.quota_bytes === null ? words.roomUnlimited(used) : words.room(used, bytes(room.quota_bytes, locale))
  return <p className={styles.room}>{text}</p>
}

function Chooser() {
  const words = useWords().upload
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const { chosen, passedOver } = sounds([...(event.target.files ?? [])])
    addUploads(chosen, passedOver)
    event.target.value = ""
  }
  const chooseFolder = () => {
    if (!folder.current) return
    folder.current.webkitdirectory = true
    folder.current.click()
  }
  return (
    <div className={styles.chooser}>
      <UploadCloud size={40} />
      <h2>{words.drop}</h2>
      <p>{words.text}</p>
      <div className={styles.buttons}>
        <Button look="primary" icon={<FileMusic size={18} />} onClick={() => files.current?.click()}>
          {words.chooseFiles}
        </Button>
        <Button icon={<FolderUp size={18} />} onClick={chooseFolder}>
          {words.chooseFolder}
        </Button>
      </div>
      <Room />
      <input
        ref={files}
        type="file"
        multiple
        hidden
        accept={ACCEPTED}
        aria-label={words.chooseFiles}
        data-testid="files"
        onChange={onChange}
      />
      <input ref={folder} type="file" hidden aria-label={words.chooseFolder} onChange={onChange} />
    </div>
  )
}

function Actions() {
  const words = useWords().upload
  const uploads = useUploads((state) => state.uploads)
  const busy = uploads.some((upload) => !isOver(upload))
  const failed = uploads.some(({ state }) => state === "failed")
  return (
    <>
      {failed && (
        <Button
          onClick={() => {
            retryUploads()
          }}
        >
          {words.retryFailed}
        </Button>
      )}
      {busy ? (
        <Button onClick={cancelAllUploads}>{words.cancelAll}</Button>
      ) : (
        <Button onClick={clearUploads}>{words.clear}</Button>
      )}
    </>
  )
}

function Summary() {
  const words = useWords().upload
  const { uploads, passedOver } = useUploads()
  const count = (state: string) => uploads.filter((upload) => upload.state === state).length
  const busy = uploads.some((upload) => !isOver(upload))
  const parts = [
    busy
      ? words.progress(uploads.filter(isOver).length, uploads.length)
      : words.summary(count("done"), count("duplicate"), count("failed")),
    ...(passedOver > 0 ? [words.passedOver(passedOver)] : []),
  ]
  return (
    <p className={styles.summary} role="status">
      {parts.join(" · ")}
    </p>
  )
}

export default function UploadPage() {
  const words = useWords()
  const may = useMay("library.upload")
  const { uploads, passedOver } = useUploads()
  if (!may) return <Empty title={words.errors.forbidden} page />
  return (
    <Page title={words.upload.title} narrow>
      <Chooser />
      {(uploads.length > 0 || passedOver > 0) && (
        <Section title={words.upload.list} aside={<Actions />}>
          <Summary />
          <Rows uploads={uploads} />
        </Section>
      )}
    </Page>
  )
}

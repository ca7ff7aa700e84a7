import { useQueryClient } from "@tanstack/react-query"
import { Upload } from "lucide-react"
import { useEffect, useState } from "react"
import { useNavigate } from "react-router"

import styles from "@/features/upload/Upload.module.css"
import { droppedFiles, sounds } from "@/features/upload/files"
import { addUploads, isOver, onUploadsOver, useUploads } from "@/features/upload/queue"
import { catalogueChanged } from "@/shared/api/catalogue"
import { houseQuery, useMay } from "@/shared/session/house"
import { useWords } from "@/shared/words/words"

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false
}

/** When all is uploaded, the lists show it, and the room left is another. */
function useFreshLists(): void {
  const client = useQueryClient()
  useEffect(
    () =>
      onUploadsOver(() => {
        void catalogueChanged(client)
        void client.invalidateQueries({ queryKey: houseQuery.queryKey })
      }),
    [client],
  )
}

/** Closing the window in the middle of an upload asks first. */
function useGuard(): void {
  const busy = useUploads(({ uploads }) => uploads.some((upload) => !isOver(upload)))
  useEffect(() => {
    if (!busy) return
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault()
    }
    window.addEventListener("beforeunload", ask)
    return () => {
      window.removeEventListener("beforeunload", ask)
    }
  }, [busy])
}

/** Files dropped on any page are uploaded. */
export function DropZone() {
  const words = useWords().upload
  const may = useMay("library.upload")
  const navigate = useNavigate()
  const [over, setOver] = useState(false)
  useFreshLists()
  useGuard()
  useEffect(() => {
    if (!may) return
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      setOver(false)
      if (!event.dataTransfer || !hasFiles(event)) return
      event.preventDefault()
      void droppedFiles(event.dataTransfer).then((files) => {
        const { chosen, passedOver } = sounds(files)
        addUploads(chosen, passedOver)
        void navigate("/upload")
      })
    }
    document.addEventListener("dragover", onOver)
    document.addEventListener("dragleave", onLeave)
    document.addEventListener("drop", onDrop)
    return () => {
      document.removeEventListener("dragover", onOver)
      document.removeEventListener("dragleave", onLeave)
      document.removeEventListener("drop", onDrop)
    }
  }, [may, navigate])
  if (!over) return null
  return (
    <div className={styles.over}>
      <div>
        <Upload size={44} />
        <p>{words.dropHere}</p>
      </div>
    </div>
  )
}

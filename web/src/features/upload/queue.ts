import { create } from "zustand"

import { sendFile, type Sent } from "@/features/upload/sending"
import { asProblem, type ProblemError } from "@/shared/api/problem"
import { keepFresh, refreshSession, sessionEnded } from "@/shared/session/session"

export type UploadState = "waiting" | "sending" | "reading" | "done" | "duplicate" | "failed" | "cancelled"

/** One file on its way to the house. */
export interface Upload {
  readonly id: number
  readonly file: File
  readonly name: string
  readonly state: UploadState
  readonly sentBytes: number
  readonly problem: ProblemError | null
  readonly title: string | null
  readonly albumId: string | null
}

interface Uploads {
  uploads: readonly Upload[]
  /** Files that are no music and were left out. */
  passedOver: number
}

const AT_ONCE = 3
const OVER = new Set<UploadState>(["done", "duplicate", "failed", "cancelled"])

export const useUploads = create<Uploads>()(() => ({ uploads: [], passedOver: 0 }))

const running = new Map<number, AbortController>()
const finished = new Set<() => void>()
let last = 0

/** Call something each time all uploads are over; returns how to stop. */
export function onUploadsOver(listener: () => void): () => void {
  finished.add(listener)
  return () => finished.delete(listener)
}

export function isOver({ state }: Upload): boolean {
  return OVER.has(state)
}

function change(id: number, now: Partial<Upload>): void {
  useUploads.setState(({ uploads }) => ({
    uploads: uploads.map((upload) => (upload.id === id ? { ...upload, ...now } : upload)),
  }))
}

function added(sent: Sent): Partial<Upload> {
  const { track, duplicate } = sent
  return { state: duplicate ? "duplicate" : "done", title: track.title, albumId: track.album_id }
}

async function sendOnce({ id, file }: Upload, signal: AbortSignal): Promise<Sent> {
  return sendFile(file, signal, (sentBytes) => {
    change(id, { sentBytes, state: sentBytes >= file.size ? "reading" : "sending" })
  })
}

async function send(upload: Upload, signal: AbortSignal): Promise<Sent> {
  await keepFresh()
  const began = Date.now()
  try {
    return await sendOnce(upload, signal)
  } catch (error) {
    if (asProblem(error).status !== 401) throw error
    if (!(await refreshSession(began))) {
      sessionEnded()
      throw error
    }
    return sendOnce(upload, signal)
  }
}

async function run(upload: Upload): Promise<void> {
  const stop = new AbortController()
  running.set(upload.id, stop)
  change(upload.id, { state: "sending", sentBytes: 0, problem: null })
  try {
    change(upload.id, added(await send(upload, stop.signal)))
  } catch (error) {
    if (stop.signal.aborted) change(upload.id, { state: "cancelled" })
    else change(upload.id, { state: "failed", problem: asProblem(error) })
  } finally {
    running.delete(upload.id)
    goOn()
  }
}

/** Begin with those that wait, three at a time; tell when all are over. */
function goOn(): void {
  const { uploads } = useUploads.getState()
  for (const upload of uploads) {
    if (running.size >= AT_ONCE) return
    if (upload.state === "waiting") void run(upload)
  }
  if (running.size === 0) for (const listener of finished) listener()
}

/** Send files, after those that are on their way. */
export function addUploads(files: readonly File[], passedOver = 0): void {
  const fresh = files.map((file): Upload => ({
    id: ++last,
    file,
    name: file.webkitRelativePath || file.name,
    state: "waiting",
    sentBytes: 0,
    problem: null,
    title: null,
    albumId: null,
  }))
  useUploads.setState((now) => ({
    uploads: [...now.uploads, ...fresh],
    passedOver: now.passedOver + passedOver,
  }))
  goOn()
}

export function cancelUpload(id: number): void {
  const upload = useUploads.getState().uploads.find((other) => other.id === id)
  if (!upload || isOver(upload)) return
  running.get(id)?.abort()
  if (upload.state === "waiting") change(id, { state: "cancelled" })
}

export function cancelAllUploads(): void {
  for (const { id } of useUploads.getState().uploads) cancelUpload(id)
}

/** Try again what failed or was cancelled: one, or all that failed. */
export function retryUploads(id?: number): void {
  const again = (upload: Upload) =>
    id === undefined ? upload.state === "failed" : upload.id === id && isOver(upload)
  useUploads.setState(({ uploads }) => ({
    uploads: uploads.map((upload) =>
      again(upload) ? { ...upload, state: "waiting", sentBytes: 0, problem: null } : upload,
    ),
  }))
  goOn()
}

/** Forget what is over. */
export function clearUploads(): void {
  useUploads.setState(({ uploads }) => ({
    uploads: uploads.filter((upload) => !isOver(upload)),
    passedOver: 0,
  }))
}

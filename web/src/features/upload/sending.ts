import { asProblem, ProblemError, problemFrom } from "@/shared/api/problem"
import type { UploadReply } from "@/shared/api/types"
import { csrfToken } from "@/shared/session/session"

/** What became of a file that was taken. */
export type Sent = UploadReply["items"][number]

function answered(request: XMLHttpRequest): Sent {
  if (request.status < 200 || request.status >= 300) throw problemFrom(request.status, request.responseText)
  const { items, problems } = JSON.parse(request.responseText) as UploadReply
  const [item] = items
  if (item) return item
  const [problem] = problems
  throw new ProblemError(422, { code: problem?.code ?? "internal", detail: problem?.detail ?? "" })
}

/** Send one file as the body of a request; fetch cannot tell how much has been sent, XMLHttpRequest can. */
export function sendFile(file: File, signal: AbortSignal, onSent: (bytes: number) => void): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open("POST", `/api/v1/uploads?${new URLSearchParams({ filename: file.name }).toString()}`)
    request.setRequestHeader("Content-Type", "application/octet-stream")
    request.setRequestHeader("X-CSRF-Token", csrfToken() ?? "")
    request.upload.onprogress = (event) => {
      onSent(event.loaded)
    }
    request.onload = () => {
      try {
        resolve(answered(request))
      } catch (error) {
        reject(asProblem(error))
      }
    }
    request.onerror = () => {
      reject(ProblemError.offline())
    }
    request.onabort = request.onerror
    signal.addEventListener("abort", () => {
      request.abort()
    })
    request.send(file)
  })
}

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"

import { droppedFiles, sounds } from "@/features/upload/files"
import {
  addUploads,
  cancelAllUploads,
  cancelUpload,
  clearUploads,
  onUploadsOver,
  retryUploads,
  useUploads,
} from "@/features/upload/queue"
import { aTrack } from "@/shared/testing/things"

/** Stands in for the browser's own request, which jsdom sends to nobody. */
class FakeRequest {
  static sent: FakeRequest[] = []
  upload: { onprogress?: (event: { loaded: number }) => void } = {}
  onload?: () => void
  onerror?: () => void
  onabort?: () => void
  status = 0
  responseText = ""
  url = ""
  headers: Record<string, string> = {}

  open(_method: string, url: string): void {
    this.url = url
  }
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value
  }
  send(): void {
    FakeRequest.sent.push(this)
  }
  abort(): void {
    this.onabort?.()
  }
  answer(status: number, body: unknown): void {
    this.status = status
    this.responseText = JSON.stringify(body)
    this.onload?.()
  }
}

const file = (name: string) => new File(["sound"], name)
const states = () => useUploads.getState().uploads.map(({ state }) => state)
const taken = (duplicate = false) => ({
  items: [{ file_name: "x", track: aTrack(), duplicate }],
  problems: [],
})
const sentCount = (count: number) =>
  vi.waitFor(() => {
    expect(FakeRequest.sent).toHaveLength(count)
  })
const statesBecome = (wanted: string[]) =>
  vi.waitFor(() => {
    expect(states()).toEqual(wanted)
  })

beforeEach(() => {
  FakeRequest.sent = []
  vi.stubGlobal("XMLHttpRequest", FakeRequest)
  localStorage.setItem("sarau.fresh_at", String(Date.now()))
})

afterEach(async () => {
  cancelAllUploads()
  await vi.waitFor(() => {
    clearUploads()
    expect(states()).toEqual([])
  })
})

describe("uploads", () => {
  it("go three at a time, the next when one is done", async () => {
    addUploads(["1.mp3", "2.mp3", "3.mp3", "4.mp3", "5.mp3"].map(file))
    await sentCount(3)
    expect(states()).toEqual(["sending", "sending", "sending", "waiting", "waiting"])
    FakeRequest.sent[1]?.answer(201, taken())
    await sentCount(4)
    expect(states()).toEqual(["sending", "done", "sending", "sending", "waiting"])
    expect(FakeRequest.sent[0]?.url).toBe("/api/v1/uploads?filename=1.mp3")
  })

  it("show how far they are, what was here already and what went wrong", async () => {
    addUploads(["1.mp3", "2.mp3", "3.mp3"].map(file))
    await sentCount(3)
    FakeRequest.sent[0]?.upload.onprogress?.({ loaded: 2 })
    expect(useUploads.getState().uploads[0]?.sentBytes).toBe(2)
    FakeRequest.sent[0]?.upload.onprogress?.({ loaded: 5 })
    expect(states()[0]).toBe("reading")
    FakeRequest.sent[0]?.answer(200, taken(true))
    FakeRequest.sent[1]?.answer(413, { code: "quota_exceeded", detail: "no room" })
    FakeRequest.sent[2]?.onerror?.()
    await statesBecome(["duplicate", "failed", "failed"])
    expect(useUploads.getState().uploads.map(({ problem }) => problem?.code)).toEqual([
      undefined,
      "quota_exceeded",
      "offline",
    ])
  })

  it("can be cancelled and tried again", async () => {
    const over = vi.fn()
    const stop = onUploadsOver(over)
    addUploads([file("1.mp3"), file("2.mp3")])
    await sentCount(2)
    cancelUpload(useUploads.getState().uploads[0]?.id ?? 0)
    FakeRequest.sent[1]?.answer(415, { code: "unsupported_format" })
    await statesBecome(["cancelled", "failed"])
    expect(over).toHaveBeenCalledOnce()
    retryUploads()
    await sentCount(3)
    expect(states()).toEqual(["cancelled", "sending"])
    FakeRequest.sent[2]?.answer(201, taken())
    await statesBecome(["cancelled", "done"])
    stop()
  })
})

describe("chosen files", () => {
  it("are those with sound, by their names", () => {
    const { chosen, passedOver } = sounds(
      ["a.MP3", "b.flac", "cover.jpg", ".DS_Store", "noend", "c.opus", "x.exe"].map(file),
    )
    expect(chosen.map(({ name }) => name)).toEqual(["a.MP3", "b.flac", "c.opus"])
    expect(passedOver).toBe(3)
  })

  it("are found in dropped folders, however deep and many", async () => {
    const fileEntry = (name: string) => ({
      isFile: true,
      file: (done: (found: File) => void) => {
        done(file(name))
      },
    })
    const folder = (entries: object[]) => ({
      isFile: false,
      createReader: () => {
        const batches = [entries.slice(0, 2), entries.slice(2), []].filter(
          (batch, index) => index === 2 || batch.length,
        )
        return {
          readEntries: (done: (some: object[]) => void) => {
            done(batches.shift() ?? [])
          },
        }
      },
    })
    const top = folder([fileEntry("1.mp3"), folder([fileEntry("2.mp3")]), fileEntry("3.mp3")])
    const data = { items: [{ webkitGetAsEntry: () => top }], files: [] } as unknown as DataTransfer
    expect((await droppedFiles(data)).map(({ name }) => name)).toEqual(["1.mp3", "2.mp3", "3.mp3"])
  })
})

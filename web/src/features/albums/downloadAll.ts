import type { Track } from "@/shared/api/types"

const APART_MS = 700

/** Save the files of tracks one after the other; browsers drop downloads that begin at the same moment. */
export function downloadAll(tracks: readonly Track[]): void {
  tracks.forEach(({ id }, index) => {
    setTimeout(() => {
      const link = document.createElement("a")
      link.href = `/api/v1/tracks/${id}/download`
      link.download = ""
      link.click()
    }, index * APART_MS)
  })
}

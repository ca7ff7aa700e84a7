import { create } from "zustand"

import type { ShareTarget } from "@/shared/api/shares"
import type { Album, Track } from "@/shared/api/types"

/** The dialogs that any part may ask for; the app shows them. */
export type Asked =
  | { kind: "edit"; tracks: Track[] }
  | { kind: "about"; track: Track }
  | { kind: "bin"; track: Track }
  | { kind: "credits"; album: Album; tracks: Track[] }
  | { kind: "lyrics"; track: Track }
  | { kind: "playlist"; tracks: Track[] }
  | { kind: "share"; target: ShareTarget; name: string }
  | { kind: "devices" }
  | { kind: "shortcuts" }

export const useDialog = create<{ asked: Asked | null }>()(() => ({ asked: null }))

export function openDialog(asked: Asked): void {
  useDialog.setState({ asked })
}

export function closeDialog(): void {
  useDialog.setState({ asked: null })
}

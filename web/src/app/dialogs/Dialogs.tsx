import type { ReactNode } from "react"

import { AboutTrackDialog } from "@/features/editing/AboutTrackDialog"
import { BinDialog } from "@/features/editing/BinDialog"
import { EditDialog } from "@/features/editing/EditDialog"
import { LyricsDialog } from "@/features/editing/LyricsDialog"
import { CreditsDialog } from "@/features/albums/CreditsDialog"
import { ShortcutsDialog } from "@/app/dialogs/ShortcutsDialog"
import { AddToPlaylistDialog } from "@/features/playlists/AddToPlaylistDialog"
import { ShareDialog } from "@/features/sharing/ShareDialog"
import { DevicesDialog } from "@/player/remote/ui/DevicesDialog"
import { closeDialog, useDialog, type Asked } from "@/shared/ui/dialogs"

type Kind = Asked["kind"]

/** Draws the dialog of each kind. */
const DIALOGS: { [K in Kind]: (asked: Extract<Asked, { kind: K }>) => ReactNode } = {
  edit: ({ tracks }) => <EditDialog tracks={tracks} onClose={closeDialog} />,
  about: ({ track }) => <AboutTrackDialog track={track} onClose={closeDialog} />,
  bin: ({ track }) => <BinDialog track={track} onClose={closeDialog} />,
  credits: ({ album, tracks }) => <CreditsDialog album={album} tracks={tracks} onClose={closeDialog} />,
  lyrics: ({ track }) => <LyricsDialog track={track} onClose={closeDialog} />,
  playlist: ({ tracks }) => <AddToPlaylistDialog tracks={tracks} onClose={closeDialog} />,
  share: ({ target, name }) => <ShareDialog target={target} name={name} onClose={closeDialog} />,
  devices: () => <DevicesDialog onClose={closeDialog} />,
  shortcuts: () => <ShortcutsDialog onClose={closeDialog} />,
}

/** Shows the dialog that some part asked for. */
export function Dialogs() {
  const asked = useDialog((state) => state.asked)
  if (!asked) return null
  // Each kind is drawn by its own function, which TypeScript cannot see through the table.
  const draw = DIALOGS[asked.kind] as (asked: Asked) => ReactNode
  return draw(asked)
}

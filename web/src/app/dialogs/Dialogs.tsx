import { AboutTrackDialog } from "@/features/editing/AboutTrackDialog"
import { BinDialog } from "@/features/editing/BinDialog"
import { EditDialog } from "@/features/editing/EditDialog"
import { CreditsDialog } from "@/features/albums/CreditsDialog"
import { ShortcutsDialog } from "@/app/dialogs/ShortcutsDialog"
import { closeDialog, useDialog } from "@/shared/ui/dialogs"

/** Shows the dialog that some part asked for. */
export function Dialogs() {
  const asked = useDialog((state) => state.asked)
  switch (asked?.kind) {
    case "edit":
      return <EditDialog tracks={asked.tracks} onClose={closeDialog} />
    case "about":
      return <AboutTrackDialog track={asked.track} onClose={closeDialog} />
    case "bin":
      return <BinDialog track={asked.track} onClose={closeDialog} />
    case "credits":
      return <CreditsDialog album={asked.album} tracks={asked.tracks} onClose={closeDialog} />
    case "shortcuts":
      return <ShortcutsDialog onClose={closeDialog} />
    case undefined:
      return null
  }
}

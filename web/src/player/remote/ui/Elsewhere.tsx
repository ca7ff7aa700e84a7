import { Cast } from "lucide-react"

import { soundingElsewhere, useRemote, useRole } from "@/player/remote/store"
import { IconButton } from "@/shared/ui/Button"
import { openDialog } from "@/shared/ui/dialogs"
import { cx } from "@/shared/format/classes"
import { useWords } from "@/shared/words/words"

function open(): void {
  openDialog({ kind: "devices" })
}

/** Opens the choice of where the music plays. */
export function DevicesButton({ size }: { size: "s" | "m" }) {
  const words = useWords().remote
  const elsewhere = useRole((state) => state.role !== "leading")
  return (
    <IconButton
      size={size}
      label={words.playOn}
      on={elsewhere || undefined}
      aria-haspopup="dialog"
      onClick={open}
    >
      <Cast size={size === "s" ? 18 : 22} />
    </IconButton>
  )
}

/** Says where else it sounds, if it does. */
export function Elsewhere({ className }: { className?: string | undefined }) {
  const words = useWords().remote
  const role = useRole((state) => state.role)
  const remote = useRemote()
  if (role === "leading") return null
  const owner = remote.session?.owner ?? ""
  const names = soundingElsewhere(remote)
    .map((device) => (device.owner === owner ? device.name : words.of(device.name, device.owner)))
    .join(", ")
  const said = remote.partyId
    ? words.partyOf(owner)
    : role === "away"
      ? words.playingOn(names)
      : words.together(names)
  return (
    <button type="button" className={cx(className, "ellipsis")} onClick={open} data-testid="elsewhere">
      {said}
    </button>
  )
}

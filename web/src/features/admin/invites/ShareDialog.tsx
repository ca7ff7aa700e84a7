import { inviteLink } from "@/features/admin/invites/invites"
import type { Invite } from "@/shared/api/types"
import { CopyField } from "@/shared/ui/CopyField"
import { Dialog } from "@/shared/ui/Dialog"
import { useWords } from "@/shared/words/words"

/** The link and the code of an invitation, to be handed over. */
export function ShareDialog({ invite, onClose }: { invite: Invite; onClose: () => void }) {
  const words = useWords().admin.invites
  const code = invite.code ?? ""
  return (
    <Dialog title={words.title} onClose={onClose}>
      <p>{words.made}</p>
      <CopyField label={words.link} text={inviteLink(code)} />
      <CopyField label={words.code} text={code} />
    </Dialog>
  )
}

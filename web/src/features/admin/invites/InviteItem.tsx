import { Link2 } from "lucide-react"

import type { Invite } from "@/shared/api/types"
import { ago } from "@/shared/format/time"
import { Badge } from "@/shared/ui/Badge"
import { Button } from "@/shared/ui/Button"
import { ListItem } from "@/shared/ui/List"
import { named, useLocale, useWords } from "@/shared/words/words"

interface InviteItemProps {
  invite: Invite
  onShare: () => void
  onRevoke: () => void
}

export function InviteItem({ invite, onShare, onRevoke }: InviteItemProps) {
  const words = useWords()
  const own = words.admin.invites
  const locale = useLocale()
  const state = invite.state ?? "open"
  const open = state === "open"
  const text = [
    invite.email,
    own.used(invite.used, invite.uses),
    open ? own.until(ago(invite.expires_at, locale)) : null,
    invite.inviter_name ? own.by(invite.inviter_name) : null,
  ]
  return (
    <ListItem
      dim={!open}
      title={
        <>
          {invite.note || named(words.entry.roles, invite.role)}
          {invite.note && <Badge>{named(words.entry.roles, invite.role)}</Badge>}
          <Badge look={open ? "good" : "plain"}>{named(own.state, state)}</Badge>
        </>
      }
      text={text.filter(Boolean).join(" · ")}
      aside={
        open && (
          <>
            {invite.code && (
              <Button icon={<Link2 size={17} />} onClick={onShare}>
                {own.share}
              </Button>
            )}
            <Button look="plain" onClick={onRevoke}>
              {own.revoke}
            </Button>
          </>
        )
      }
    />
  )
}

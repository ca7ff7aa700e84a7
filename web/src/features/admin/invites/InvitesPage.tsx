import { useQuery, useQueryClient } from "@tanstack/react-query"
import { Ticket, UserPlus } from "lucide-react"
import { useState } from "react"

import { Guarded } from "@/features/admin/Guarded"
import { InviteDialog } from "@/features/admin/invites/InviteDialog"
import { invitesQuery } from "@/features/admin/invites/invites"
import { InviteItem } from "@/features/admin/invites/InviteItem"
import { ShareDialog } from "@/features/admin/invites/ShareDialog"
import { api, take } from "@/shared/api/client"
import type { Invite } from "@/shared/api/types"
import { Button } from "@/shared/ui/Button"
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog"
import { CheckField } from "@/shared/ui/Field"
import { List } from "@/shared/ui/List"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

type Open = { kind: "new" } | { kind: "share" | "revoke"; invite: Invite } | null

function Invites({ items, onOpen }: { items: readonly Invite[]; onOpen: (open: Open) => void }) {
  const words = useWords().admin.invites
  const [all, setAll] = useState(false)
  const shown = items.filter(({ state }) => all || state === "open")
  return (
    <>
      {shown.length > 0 ? (
        <List label={words.title}>
          {shown.map((invite) => (
            <InviteItem
              key={invite.id}
              invite={invite}
              onShare={() => {
                onOpen({ kind: "share", invite })
              }}
              onRevoke={() => {
                onOpen({ kind: "revoke", invite })
              }}
            />
          ))}
        </List>
      ) : (
        <Empty icon={<Ticket size={30} />} title={words.none} text={words.noneText} />
      )}
      {items.some(({ state }) => state !== "open") && (
        <CheckField
          label={words.showOver}
          checked={all}
          onChange={(event) => {
            setAll(event.target.checked)
          }}
        />
      )}
    </>
  )
}

export default function InvitesPage() {
  const words = useWords().admin.invites
  const client = useQueryClient()
  const query = useQuery(invitesQuery)
  const [open, setOpen] = useState<Open>(null)
  const close = () => {
    setOpen(null)
  }
  const revoke = async ({ id }: Invite) => {
    await take(api.DELETE("/api/v1/invites/{invite_id}", { params: { path: { invite_id: id } } }))
    await client.invalidateQueries({ queryKey: invitesQuery.queryKey })
  }
  return (
    <Guarded needs="invites.create">
      <Page
        title={words.title}
        narrow
        actions={
          <Button
            look="primary"
            icon={<UserPlus size={18} />}
            onClick={() => {
              setOpen({ kind: "new" })
            }}
          >
            {words.make}
          </Button>
        }
      >
        <Shown query={query}>{({ items }) => <Invites items={items} onOpen={setOpen} />}</Shown>
        {open?.kind === "new" && (
          <InviteDialog
            onClose={close}
            onMade={(invite) => {
              setOpen({ kind: "share", invite })
            }}
          />
        )}
        {open?.kind === "share" && <ShareDialog invite={open.invite} onClose={close} />}
        {open?.kind === "revoke" && (
          <ConfirmDialog
            question={words.revokeQuestion}
            text={words.revokeText}
            action={words.revoke}
            onConfirm={() => revoke(open.invite)}
            onClose={close}
          />
        )}
      </Page>
    </Guarded>
  )
}

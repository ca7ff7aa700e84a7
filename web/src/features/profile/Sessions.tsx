import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { MonitorSmartphone } from "lucide-react"
import { useState } from "react"

import { clientName } from "@/shared/format/clientName"
import { api, take } from "@/shared/api/client"
import type { Session } from "@/shared/api/types"
import { ago } from "@/shared/format/time"
import { Badge } from "@/shared/ui/Badge"
import { Button } from "@/shared/ui/Button"
import { List, ListItem } from "@/shared/ui/List"
import { Shown } from "@/shared/ui/States"
import { toast } from "@/shared/ui/toasts"
import { useLocale, useWords } from "@/shared/words/words"

export const sessionsKey = ["me", "sessions"]

function SessionItem({ session, current }: { session: Session; current: boolean }) {
  const words = useWords().profile
  const locale = useLocale()
  const client = useQueryClient()
  const end = useMutation({
    mutationFn: () =>
      take(api.DELETE("/api/v1/me/sessions/{session_id}", { params: { path: { session_id: session.id } } })),
    onSuccess: () => {
      toast(words.sessionEnded)
      return client.invalidateQueries({ queryKey: sessionsKey })
    },
  })
  const name = clientName(session.client) || words.unknownClient
  const text = [session.address, words.lastUsed(ago(session.last_used_at, locale))]
    .filter(Boolean)
    .join(" · ")
  return (
    <ListItem
      lead={<MonitorSmartphone size={22} />}
      title={
        <>
          {name} {current && <Badge look="good">{words.thisSession}</Badge>}
        </>
      }
      text={text}
      aside={
        !current && (
          <Button
            busy={end.isPending}
            aria-label={words.endSessionOf(name)}
            onClick={() => {
              end.mutate()
            }}
          >
            {words.endSession}
          </Button>
        )
      }
    />
  )
}

/** So many are shown before one asks for all: where one signs in often there are dozens. */
const FEW = 5

/** Where one is signed in. */
export function Sessions() {
  const words = useWords().profile
  const [all, setAll] = useState(false)
  const query = useQuery({ queryKey: sessionsKey, queryFn: () => take(api.GET("/api/v1/me/sessions")) })
  return (
    <Shown query={query}>
      {({ items, current_id: current }) => (
        <>
          <List label={words.sessions}>
            {items.slice(0, all ? undefined : FEW).map((session) => (
              <SessionItem key={session.id} session={session} current={session.id === current} />
            ))}
          </List>
          {!all && items.length > FEW && (
            <Button
              look="plain"
              onClick={() => {
                setAll(true)
              }}
            >
              {words.allSessions(items.length)}
            </Button>
          )}
        </>
      )}
    </Shown>
  )
}

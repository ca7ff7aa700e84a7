import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { ArchiveRestore, Trash2 } from "lucide-react"

import { Guarded } from "@/features/admin/Guarded"
import { nameOf, usersQuery } from "@/features/admin/people"
import { catalogueChanged } from "@/shared/api/catalogue"
import { api, take } from "@/shared/api/client"
import { ago } from "@/shared/format/time"
import { useMay } from "@/shared/session/house"
import { Button } from "@/shared/ui/Button"
import { List, ListItem } from "@/shared/ui/List"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { toast } from "@/shared/ui/toasts"
import { useLocale, useWords } from "@/shared/words/words"

const KEY = ["admin", "bin"]

export default function BinPage() {
  const words = useWords()
  const own = words.admin.bin
  const locale = useLocale()
  const client = useQueryClient()
  const query = useQuery({ queryKey: KEY, queryFn: () => take(api.GET("/api/v1/bin")) })
  const users = useQuery({ ...usersQuery, enabled: useMay("users.manage") }).data?.items ?? []
  const nameById = new Map(users.map((user) => [user.id, nameOf(user)]))
  const restore = useMutation({
    mutationFn: ({ id }: { id: string; title: string }) =>
      take(api.POST("/api/v1/bin/{track_id}/restore", { params: { path: { track_id: id } } })),
    onSuccess: async (_nothing, { title }) => {
      toast(own.restored(title))
      await client.invalidateQueries({ queryKey: KEY })
      await catalogueChanged(client)
    },
  })
  return (
    <Guarded needs="library.edit_any">
      <Page title={own.title} text={own.text} narrow>
        <Shown query={query}>
          {({ items }) =>
            items.length > 0 ? (
              <List label={own.title}>
                {items.map(({ track, deleted_at: when, deleted_by: who }) => (
                  <ListItem
                    key={track.id}
                    title={track.title}
                    text={[
                      track.artist || words.unknownArtist,
                      track.album,
                      own.deleted(ago(when, locale)),
                      who && nameById.has(who) ? own.by(nameById.get(who) ?? "") : null,
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                    aside={
                      <Button
                        icon={<ArchiveRestore size={17} />}
                        aria-label={own.restoreTrack(track.title)}
                        onClick={() => {
                          restore.mutate(track)
                        }}
                      >
                        {own.restore}
                      </Button>
                    }
                  />
                ))}
              </List>
            ) : (
              <Empty icon={<Trash2 size={30} />} title={own.empty} />
            )
          }
        </Shown>
      </Page>
    </Guarded>
  )
}

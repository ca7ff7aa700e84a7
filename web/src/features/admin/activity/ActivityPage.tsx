import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { Activity } from "lucide-react"
import { useSearchParams } from "react-router"

import { Guarded } from "@/features/admin/Guarded"
import styles from "@/features/admin/activity/Activity.module.css"
import { activityQuery, detailsText } from "@/features/admin/activity/activity"
import { nameOf, usersQuery } from "@/features/admin/people"
import type { Entry } from "@/shared/api/types"
import { usePaged } from "@/shared/api/usePaged"
import { moment } from "@/shared/format/time"
import { useMay } from "@/shared/session/house"
import { BareSelect } from "@/shared/ui/Field"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { VirtualList } from "@/shared/ui/Virtual"
import { named, useLocale, useWords } from "@/shared/words/words"

const ROW_HEIGHT = 56

function Row({ entry, who }: { entry: Entry; who: string }) {
  const words = useWords().admin.activity
  const locale = useLocale()
  const details = detailsText(entry.details)
  return (
    <div role="listitem" className={styles.row}>
      <time dateTime={entry.at} className={styles.when}>
        {moment(entry.at, locale)}
      </time>
      <span className={styles.what}>
        <strong className="ellipsis">{named(words.kinds, entry.kind)}</strong>
        <span className={`${styles.details ?? ""} ellipsis`} title={details}>
          {details}
        </span>
      </span>
      <span className={`${styles.who ?? ""} ellipsis`}>{who}</span>
      <span className={`${styles.address ?? ""} ellipsis`}>{entry.address}</span>
    </div>
  )
}

export default function ActivityPage() {
  const words = useWords().admin.activity
  const [parameters, setParameters] = useSearchParams()
  const [kind, actorId] = [parameters.get("kind"), parameters.get("who")]
  const { items, more, asked } = usePaged(useInfiniteQuery(activityQuery(kind, actorId)))
  const users = useQuery({ ...usersQuery, enabled: useMay("users.manage") }).data?.items ?? []
  const nameById = new Map(users.map((user) => [user.id, nameOf(user)]))
  const whoOf = ({ actor_id: id }: Entry) => (id === null ? words.nobody : (nameById.get(id) ?? id))
  const filter = (name: string, value: string) => {
    setParameters(
      (before) => {
        const after = new URLSearchParams(before)
        if (value) after.set(name, value)
        else after.delete(name)
        return after
      },
      { replace: true },
    )
  }
  return (
    <Guarded needs="activity.read">
      <Page
        title={words.title}
        tools={
          <>
            <BareSelect
              label={words.kind}
              value={kind ?? ""}
              onChange={(event) => {
                filter("kind", event.target.value)
              }}
            >
              <option value="">{words.everything}</option>
              {Object.entries(words.kinds).map(([name, shown]) => (
                <option key={name} value={name}>
                  {shown}
                </option>
              ))}
            </BareSelect>
            {users.length > 0 && (
              <BareSelect
                label={words.who}
                value={actorId ?? ""}
                onChange={(event) => {
                  filter("who", event.target.value)
                }}
              >
                <option value="">{words.everybody}</option>
                {users.map((user) => (
                  <option key={user.id} value={user.id}>
                    {nameOf(user)}
                  </option>
                ))}
              </BareSelect>
            )}
          </>
        }
      >
        <Shown query={asked}>
          {() =>
            items.length > 0 ? (
              <VirtualList count={items.length} rowHeight={ROW_HEIGHT} label={words.title} onNearEnd={more}>
                {(index) => {
                  const entry = items[index]
                  return entry && <Row entry={entry} who={whoOf(entry)} />
                }}
              </VirtualList>
            ) : (
              <Empty icon={<Activity size={30} />} title={words.none} />
            )
          }
        </Shown>
      </Page>
    </Guarded>
  )
}

import { queryOptions, useQuery } from "@tanstack/react-query"
import { PartyPopper } from "lucide-react"
import { useState } from "react"

import { joinParty, leaveParty } from "@/player/remote/hub"
import { useRemote } from "@/player/remote/store"
import styles from "@/player/remote/ui/DevicesDialog.module.css"
import { api, take } from "@/shared/api/client"
import { Button } from "@/shared/ui/Button"
import { useSending } from "@/shared/ui/Form"
import { List, ListItem } from "@/shared/ui/List"
import { NamesField } from "@/shared/ui/NamesField"
import { toast } from "@/shared/ui/toasts"
import { sayProblem } from "@/shared/words/problems"
import { useWords } from "@/shared/words/words"

const LOOK_EVERY_MS = 5_000

const partiesQuery = queryOptions({
  queryKey: ["playback", "parties"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/playback/parties", { signal })),
  refetchInterval: LOOK_EVERY_MS,
})

function Parties() {
  const words = useWords().remote
  const { data } = useQuery(partiesQuery)
  if (!data || data.items.length === 0) return null
  return (
    <List label={words.parties}>
      {data.items.map(({ session_id: id, owner, playing, track }) => (
        <ListItem
          key={id}
          lead={<PartyPopper size={22} />}
          title={words.partyOf(owner)}
          text={playing && track ? words.playsNow(track.title) : words.silent}
          aside={
            <Button
              aria-label={words.joinOf(owner)}
              onClick={() => {
                joinParty(id)
              }}
            >
              {words.join}
            </Button>
          }
        />
      ))}
    </List>
  )
}

function Invite({ invited }: { invited: readonly string[] }) {
  const words = useWords()
  const [names, setNames] = useState<readonly string[]>(invited)
  const { busy, problem, send } = useSending()
  const invite = () =>
    send(async () => {
      await take(api.PUT("/api/v1/playback/party", { body: { usernames: [...names] } }))
      toast(names.length > 0 ? words.remote.invited : words.remote.noGuests)
    })
  return (
    <div className={styles.guests}>
      <NamesField
        label={words.remote.guests}
        names={names}
        onChange={setNames}
        problem={problem ? sayProblem(problem, words) : undefined}
      />
      <Button busy={busy} onClick={() => void invite()}>
        {names.length > 0 || invited.length === 0 ? words.remote.invite : words.save}
      </Button>
    </div>
  )
}

/** Hearing with other people. */
export function Party() {
  const words = useWords().remote
  const { partyId, session } = useRemote()
  return (
    <section className={styles.party} aria-label={words.party}>
      <h3>{words.party}</h3>
      {partyId ? (
        <>
          <p className={styles.note}>{words.visiting(session?.owner ?? "")}</p>
          <Button onClick={leaveParty}>{words.leave}</Button>
        </>
      ) : (
        <>
          <p className={styles.note}>{words.partyText}</p>
          <Invite key={session?.party.join() ?? ""} invited={session?.party ?? []} />
          <Parties />
        </>
      )}
    </section>
  )
}

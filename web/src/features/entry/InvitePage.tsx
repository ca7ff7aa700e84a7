import { useQuery } from "@tanstack/react-query"
import { Link, useParams } from "react-router"

import { AccountForm, type NewAccount } from "@/features/entry/AccountForm"
import { Entrance } from "@/features/entry/Entrance"
import styles from "@/features/entry/Entrance.module.css"
import { useComeIn } from "@/features/entry/useComeIn"
import { api, take } from "@/shared/api/client"
import { day } from "@/shared/format/time"
import { Badge } from "@/shared/ui/Badge"
import { Shown } from "@/shared/ui/States"
import { named, useLocale, useWords } from "@/shared/words/words"

/** Somebody follows an invitation. */
export default function InvitePage() {
  const words = useWords().entry
  const locale = useLocale()
  const comeIn = useComeIn()
  const { code = "" } = useParams()
  const query = useQuery({
    queryKey: ["entry", "invite", code],
    queryFn: () => take(api.GET("/api/v1/auth/invites/{code}", { params: { path: { code } } })),
    retry: false,
  })
  const submit = async (account: NewAccount) => {
    const body = { ...account, code }
    const { me } = await take(
      api.POST("/api/v1/auth/register", { params: { query: { session: "cookie" } }, body }),
    )
    comeIn(me)
  }
  return (
    <Entrance title={words.invite.title}>
      <Shown query={query}>
        {(invite) => (
          <>
            <p className={styles.text}>
              {invite.inviter_name ? words.invite.from(invite.inviter_name) : words.invite.fromHouse}{" "}
              <Badge look="accent">{named(words.roles, invite.role)}</Badge>
              <br />
              {words.invite.until(day(invite.expires_at, locale))}
            </p>
            <AccountForm action={words.invite.action} boundEmail={invite.email} onSubmit={submit} />
          </>
        )}
      </Shown>
      <Link to="/sign-in" className={styles.elsewhere}>
        {words.haveAccount}
      </Link>
    </Entrance>
  )
}

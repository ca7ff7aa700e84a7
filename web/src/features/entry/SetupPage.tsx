import { useQuery } from "@tanstack/react-query"
import { Link, Navigate, useSearchParams } from "react-router"

import { AccountForm, type NewAccount } from "@/features/entry/AccountForm"
import { Entrance } from "@/features/entry/Entrance"
import styles from "@/features/entry/Entrance.module.css"
import { useComeIn } from "@/features/entry/useComeIn"
import { api, take } from "@/shared/api/client"
import { houseQuery } from "@/shared/session/house"
import { Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

/** The first run: the link that the server prints makes the owner's account. */
export default function SetupPage() {
  const words = useWords().entry
  const query = useQuery(houseQuery)
  const comeIn = useComeIn()
  const [parameters] = useSearchParams()
  const token = parameters.get("token") ?? ""

  const submit = async (account: NewAccount) => {
    const body = { ...account, token }
    const { me } = await take(
      api.POST("/api/v1/auth/setup", { params: { query: { session: "cookie" } }, body }),
    )
    comeIn(me)
  }
  return (
    <Shown query={query}>
      {({ me, needs_setup: needed }) => {
        if (me) return <Navigate to="/" replace />
        if (!needed) {
          return (
            <Entrance title={words.setup.title} text={words.setup.done}>
              <Link to="/sign-in" className={styles.elsewhere}>
                {words.signIn}
              </Link>
            </Entrance>
          )
        }
        if (!token) return <Entrance title={words.setup.title} text={words.setup.waiting} />
        return (
          <Entrance title={words.setup.title} text={words.setup.text}>
            <AccountForm action={words.setup.action} onSubmit={submit} />
          </Entrance>
        )
      }}
    </Shown>
  )
}

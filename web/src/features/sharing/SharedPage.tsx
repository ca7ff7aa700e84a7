import { useQuery } from "@tanstack/react-query"
import { Link2Off } from "lucide-react"
import { useEffect, useState, type ReactNode } from "react"
import { useParams } from "react-router"

import styles from "@/features/sharing/SharedPage.module.css"
import { SharedView } from "@/features/sharing/SharedView"
import { useVisit } from "@/features/sharing/visit"
import { sharedInfoQuery } from "@/shared/api/shares"
import { asProblem } from "@/shared/api/problem"
import { LanguageField, ThemeField } from "@/shared/preferences/PreferenceFields"
import { Button } from "@/shared/ui/Button"
import { BareSelect, PasswordField } from "@/shared/ui/Field"
import { Form, useSending } from "@/shared/ui/Form"
import { Logo } from "@/shared/ui/Logo"
import { useTitle } from "@/shared/ui/Page"
import { ScrollerContext } from "@/shared/ui/scroller"
import { Empty, Failed, Loading } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

type Enter = (password: string | null) => Promise<void>

function PasswordDoor({ enter }: { enter: Enter }) {
  const words = useWords().sharing
  const { busy, problem, send } = useSending()
  const [password, setPassword] = useState("")
  useTitle(words.page.needsPassword)
  return (
    <main className={styles.door}>
      <h1>{words.page.needsPassword}</h1>
      <p className={styles.soft}>{words.page.needsPasswordText}</p>
      <Form onSubmit={() => void send(() => enter(password))} problem={problem}>
        <PasswordField
          label={words.password}
          value={password}
          maxLength={200}
          autoComplete="off"
          autoFocus
          onChange={(event) => {
            setPassword(event.target.value)
          }}
        />
        <Button type="submit" look="primary" busy={busy} disabled={busy || password === ""}>
          {words.open}
        </Button>
      </Form>
    </main>
  )
}

function OnItsWay() {
  return (
    <main className={styles.door}>
      <Loading />
    </main>
  )
}

/** Comes in at once, where no password is asked for. */
function OpenDoor({ enter }: { enter: Enter }) {
  const [error, setError] = useState<unknown>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let here = true
    enter(null).catch((problem: unknown) => {
      if (here) setError(problem)
    })
    return () => {
      here = false
    }
  }, [enter, tries])
  if (!error) return <OnItsWay />
  return (
    <NotIn
      error={error}
      onRetry={() => {
        setError(null)
        setTries(tries + 1)
      }}
    />
  )
}

function NotIn({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const words = useWords().sharing.page
  useTitle(words.goneTitle)
  const gone = asProblem(error).code === "share_not_found"
  return (
    <main className={styles.door}>
      {gone ? (
        <Empty page icon={<Link2Off size={30} />} title={words.goneTitle} text={words.goneText} />
      ) : (
        <Failed error={error} onRetry={onRetry} />
      )}
    </main>
  )
}

function Behind({ slug }: { slug: string }) {
  const query = useQuery(sharedInfoQuery(slug))
  const { visit, enter } = useVisit(slug)
  if (visit) return <SharedView visit={visit} />
  if (query.error) return <NotIn error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <OnItsWay />
  return query.data.needs_password ? <PasswordDoor enter={enter} /> : <OpenDoor enter={enter} />
}

function Frame({ children }: { children: ReactNode }) {
  const words = useWords().sharing.page
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  return (
    <ScrollerContext value={scroller}>
      <div ref={setScroller} className={styles.page}>
        {children}
        <footer className={styles.foot}>
          <span className={styles.made}>
            <Logo size={22} />
            {words.made}
          </span>
          <LanguageField as={BareSelect} />
          <ThemeField as={BareSelect} />
        </footer>
      </div>
    </ScrollerContext>
  )
}

/** What strangers see who open a public link: they listen without an account. */
export default function SharedPage() {
  const { slug = "" } = useParams()
  return (
    <Frame>
      <Behind key={slug} slug={slug} />
    </Frame>
  )
}

import { useState } from "react"
import { Link, useNavigate } from "react-router"

import { Entrance } from "@/features/entry/Entrance"
import styles from "@/features/entry/Entrance.module.css"
import { Button } from "@/shared/ui/Button"
import { TextField } from "@/shared/ui/Field"
import { Form } from "@/shared/ui/Form"
import { useWords } from "@/shared/words/words"

/** For a code that was read out or written down. */
export default function InviteCodePage() {
  const words = useWords().entry
  const navigate = useNavigate()
  const [code, setCode] = useState("")
  return (
    <Entrance title={words.invite.codeTitle} text={words.invite.codeText}>
      <Form onSubmit={() => void navigate(`/invite/${encodeURIComponent(code.trim())}`)}>
        <TextField
          label={words.invite.code}
          name="code"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          maxLength={200}
          value={code}
          onChange={(event) => {
            setCode(event.target.value)
          }}
        />
        <Button type="submit" look="primary" disabled={!code.trim()}>
          {words.invite.next}
        </Button>
      </Form>
      <Link to="/sign-in" className={styles.elsewhere}>
        {words.haveAccount}
      </Link>
    </Entrance>
  )
}

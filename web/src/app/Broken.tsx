import { Link, useRouteError } from "react-router"

import { Button } from "@/shared/ui/Button"
import { useTitle } from "@/shared/ui/Page"
import { Empty } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

/** A page that threw, or whose code was replaced by a newer version while it was open. */
export function Broken() {
  const words = useWords()
  const error = useRouteError()
  useTitle(words.brokenTitle)
  return (
    <Empty title={words.brokenTitle} text={words.brokenText} page>
      <Button
        look="primary"
        onClick={() => {
          location.reload()
        }}
      >
        {words.reload}
      </Button>
      {error instanceof Error && <code>{error.message}</code>}
    </Empty>
  )
}

export function NotFound() {
  const words = useWords()
  useTitle(words.notFoundTitle)
  return (
    <Empty title={words.notFoundTitle} text={words.notFoundText} page>
      <Link to="/">{words.toHome}</Link>
    </Empty>
  )
}

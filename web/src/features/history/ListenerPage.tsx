import { useInfiniteQuery } from "@tanstack/react-query"
import { History } from "lucide-react"
import { useParams } from "react-router"

import { HistoryList } from "@/features/history/HistoryList"
import { playsOfQuery } from "@/shared/api/listening"
import { usePaged } from "@/shared/api/usePaged"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

/** What somebody else of the house listened to, if they show it. */
export default function ListenerPage() {
  const words = useWords().listening.history
  const { username = "" } = useParams()
  const paged = usePaged(useInfiniteQuery(playsOfQuery(username)))
  return (
    <Page title={words.ofOther(username)} text={words.otherText}>
      <Shown query={paged.asked}>
        {() =>
          paged.items.length > 0 ? (
            <HistoryList plays={paged.items} more={paged.more} />
          ) : (
            <Empty icon={<History size={30} />} title={words.none} />
          )
        }
      </Shown>
    </Page>
  )
}

import { useQuery } from "@tanstack/react-query"
import { Link2 } from "lucide-react"
import { useState } from "react"

import { ShareItem } from "@/features/sharing/ShareItem"
import { sharesQuery } from "@/shared/api/shares"
import { useMay } from "@/shared/session/house"
import { BareSelect } from "@/shared/ui/Field"
import { List } from "@/shared/ui/List"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

/** The public links one made; who manages them sees everybody's. */
export default function SharesPage() {
  const words = useWords().sharing
  const manages = useMay("shares.manage")
  const [everybody, setEverybody] = useState(false)
  const query = useQuery(sharesQuery(everybody))
  return (
    <Page
      title={words.title}
      text={words.text}
      narrow
      tools={
        manages && (
          <BareSelect
            label={words.title}
            value={everybody ? "all" : "mine"}
            onChange={(event) => {
              setEverybody(event.target.value === "all")
            }}
          >
            <option value="mine">{words.mine}</option>
            <option value="all">{words.everybody}</option>
          </BareSelect>
        )
      }
    >
      <Shown query={query}>
        {(shares) =>
          shares.length > 0 ? (
            <List label={words.title}>
              {shares.map((share) => (
                <ShareItem key={share.id} share={share} owned={everybody} />
              ))}
            </List>
          ) : (
            <Empty icon={<Link2 size={30} />} title={words.none} text={words.noneText} />
          )
        }
      </Shown>
    </Page>
  )
}

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { Plus } from "lucide-react"
import { useState } from "react"

import { NewShareForm } from "@/features/sharing/NewShareForm"
import { ShareItem } from "@/features/sharing/ShareItem"
import styles from "@/features/sharing/Sharing.module.css"
import { shareLink, sharesQuery, type Share, type ShareTarget } from "@/shared/api/shares"
import { Button } from "@/shared/ui/Button"
import { CopyField } from "@/shared/ui/CopyField"
import { Dialog } from "@/shared/ui/Dialog"
import { List } from "@/shared/ui/List"
import { Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

interface ShareDialogProps {
  target: ShareTarget
  name: string
  onClose: () => void
}

/** Whether a link leads to just this. */
function leadsTo({ kind, id }: ShareTarget): (share: Share) => boolean {
  return ({ targets }) => targets.length === 1 && targets[0]?.kind === kind && targets[0].id === id
}

/** Makes a public link to something, and shows those there are already. */
export function ShareDialog({ target, name, onClose }: ShareDialogProps) {
  const words = useWords().sharing
  const client = useQueryClient()
  const query = useQuery(sharesQuery())
  const [made, setMade] = useState<Share | null>(null)
  const [making, setMaking] = useState(false)
  return (
    <Dialog title={words.shareOf(name)} onClose={onClose}>
      <p className={styles.soft}>{words.explain}</p>
      {made && <CopyField label={words.link} text={shareLink(made)} />}
      <Shown query={query}>
        {(shares) => {
          const here = shares.filter(leadsTo(target))
          const others = here.filter(({ id }) => id !== made?.id)
          return (
            <>
              {others.length > 0 && (
                <List label={words.title}>
                  {others.map((share) => (
                    <ShareItem key={share.id} share={share} within />
                  ))}
                </List>
              )}
              {here.length === 0 || making ? (
                <NewShareForm
                  target={target}
                  onClose={onClose}
                  onMade={(share) => {
                    setMade(share)
                    setMaking(false)
                    void client.invalidateQueries({ queryKey: ["shares"] })
                  }}
                />
              ) : (
                <Button
                  icon={<Plus size={18} />}
                  onClick={() => {
                    setMaking(true)
                  }}
                >
                  {words.another}
                </Button>
              )}
            </>
          )
        }}
      </Shown>
    </Dialog>
  )
}

import { useQueryClient } from "@tanstack/react-query"
import { Copy, Disc3, ExternalLink, Link2Off, ListMusic, Music2, Pencil } from "lucide-react"
import { useState } from "react"
import { Link } from "react-router"

import { EditShareDialog } from "@/features/sharing/EditShareDialog"
import styles from "@/features/sharing/Sharing.module.css"
import { isOver } from "@/features/sharing/terms"
import { deleteShare, shareLink, type Share } from "@/shared/api/shares"
import { copyText } from "@/shared/format/clipboard"
import { ago, day } from "@/shared/format/time"
import { Badge } from "@/shared/ui/Badge"
import { IconButton } from "@/shared/ui/Button"
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog"
import { ListItem } from "@/shared/ui/List"
import { Menu } from "@/shared/ui/Menu"
import { toast } from "@/shared/ui/toasts"
import { useLocale, useWords } from "@/shared/words/words"

const ICON = 18
const KINDS = { track: Music2, album: Disc3, playlist: ListMusic }
const PLACES = { album: "/albums", playlist: "/playlists" }

interface ShareItemProps {
  share: Share
  /** It is shown within what it leads to, which need not be named again. */
  within?: boolean
  /** Say whose it is. */
  owned?: boolean
}

function Title({ share }: { share: Share }) {
  const words = useWords().sharing
  const [target] = share.targets
  if (!share.title) return words.gone
  if (!target || target.kind === "track") return share.title
  return <Link to={`${PLACES[target.kind]}/${target.id}`}>{share.title}</Link>
}

function Facts({ share, owned }: Pick<ShareItemProps, "share" | "owned">) {
  const words = useWords().sharing
  const locale = useLocale()
  const { expires_at: ends, visit_count: visits, last_visited_at: last, owner } = share
  const facts = [
    ...(owned ? [words.by(owner.display_name || owner.username)] : []),
    words.visits(visits) + (last ? ` (${words.lastVisit(ago(last, locale))})` : ""),
    ...(ends && !isOver(ends) ? [words.until(day(ends, locale))] : []),
    ...(share.description ? [share.description] : []),
  ]
  return facts.join(" · ")
}

function Badges({ share }: { share: Share }) {
  const words = useWords().sharing
  return (
    <>
      {isOver(share.expires_at) && <Badge look="bad">{words.over}</Badge>}
      {share.has_password && <Badge>{words.withPassword}</Badge>}
      {share.may_download && <Badge>{words.withDownloads}</Badge>}
    </>
  )
}

/** A public link, and what can be done with it. */
export function ShareItem({ share, within = false, owned = false }: ShareItemProps) {
  const words = useWords()
  const { sharing } = words
  const client = useQueryClient()
  const [asking, setAsking] = useState<"edit" | "revoke" | null>(null)
  const Icon = KINDS[share.targets[0]?.kind ?? "track"]
  const name = share.title || sharing.gone
  const copy = async () => {
    const done = await copyText(shareLink(share))
    toast(done ? sharing.copied : words.copyFailed, done ? "note" : "problem")
  }
  const close = () => {
    setAsking(null)
  }
  return (
    <>
      <ListItem
        dim={isOver(share.expires_at)}
        lead={<Icon size={22} className={styles.lead} />}
        title={
          <>
            {within ? (
              <code className={styles.slug}>{share.slug.slice(0, 8)}…</code>
            ) : (
              <Title share={share} />
            )}
            <Badges share={share} />
          </>
        }
        text={<Facts share={share} owned={owned} />}
        aside={
          <>
            <IconButton label={sharing.copyLink} onClick={() => void copy()}>
              <Copy size={ICON} />
            </IconButton>
            <Menu
              label={words.player.actionsFor(name)}
              items={() => [
                {
                  label: sharing.open,
                  icon: <ExternalLink size={ICON} />,
                  onSelect: () => {
                    window.open(shareLink(share), "_blank", "noopener")
                  },
                },
                {
                  label: sharing.edit,
                  icon: <Pencil size={ICON} />,
                  onSelect: () => {
                    setAsking("edit")
                  },
                },
                {
                  label: sharing.revoke,
                  icon: <Link2Off size={ICON} />,
                  danger: true,
                  apart: true,
                  onSelect: () => {
                    setAsking("revoke")
                  },
                },
              ]}
            />
          </>
        }
      />
      {asking === "edit" && <EditShareDialog share={share} onClose={close} />}
      {asking === "revoke" && (
        <ConfirmDialog
          question={sharing.revokeQuestion(name)}
          text={sharing.revokeText}
          action={sharing.revoke}
          onConfirm={async () => {
            await deleteShare(share.id)
            toast(sharing.revoked)
            await client.invalidateQueries({ queryKey: ["shares"] })
          }}
          onClose={close}
        />
      )}
    </>
  )
}

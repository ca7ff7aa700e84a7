import { Download, Pause, Play } from "lucide-react"
import { useEffect, useRef, useState } from "react"

import { SharedBar } from "@/features/sharing/SharedBar"
import styles from "@/features/sharing/SharedPage.module.css"
import { SharedTrackRow } from "@/features/sharing/SharedTrackRow"
import { SharedPlayer } from "@/features/sharing/sharedPlayer"
import type { Visit } from "@/features/sharing/visit"
import { sharedUrl } from "@/shared/api/shares"
import { pause } from "@/shared/format/pause"
import { day, lasting } from "@/shared/format/time"
import { Button } from "@/shared/ui/Button"
import { useTitle } from "@/shared/ui/Page"
import { Empty } from "@/shared/ui/States"
import { toastProblem } from "@/shared/ui/toasts"
import { VirtualList } from "@/shared/ui/Virtual"
import { useLocale, useWords } from "@/shared/words/words"

const ROW_HEIGHT = 58
const COVER = 384
/** So long between two downloads, for browsers take several at once for an attack. */
const BETWEEN_MS = 700

function Facts({ visit: { page } }: { visit: Visit }) {
  const words = useWords()
  const locale = useLocale()
  const length = page.tracks.reduce((sum, track) => sum + track.duration_ms, 0)
  const facts = [
    words.counts.tracks(page.tracks.length),
    lasting(length, locale),
    ...(page.expires_at ? [words.sharing.until(day(page.expires_at, locale))] : []),
  ]
  return <p className={styles.soft}>{facts.join(" · ")}</p>
}

function DownloadAll({ visit }: { visit: Visit }) {
  const words = useWords().sharing.page
  const [busy, setBusy] = useState(false)
  const link = useRef<HTMLAnchorElement>(null)
  const stopped = useRef(false)
  useEffect(() => {
    stopped.current = false
    return () => {
      stopped.current = true
    }
  }, [])
  const start = async () => {
    setBusy(true)
    try {
      for (const { id } of visit.page.tracks) {
        const ticket = await visit.goodTicket()
        if (stopped.current || !link.current) break
        link.current.href = sharedUrl(visit.slug, id, "download", { ticket })
        link.current.click()
        await pause(BETWEEN_MS)
      }
    } catch (error) {
      toastProblem(error)
    }
    setBusy(false)
  }
  return (
    <>
      <Button icon={<Download size={18} />} busy={busy} onClick={() => void start()}>
        {words.downloadAll}
      </Button>
      <a ref={link} href="/" download hidden aria-hidden="true">
        {words.downloadAll}
      </a>
    </>
  )
}

/** What is behind a link: its name, its tracks, and a player. */
export function SharedView({ visit }: { visit: Visit }) {
  const words = useWords().sharing.page
  const [player] = useState(() => new SharedPlayer(visit))
  const { at, playing } = player.use()
  useEffect(() => player.open(), [player])
  const { page, slug, ticket } = visit
  const [first] = page.tracks
  useTitle(page.title)
  return (
    <>
      <main className={styles.main}>
        <header className={styles.head}>
          {first && (
            <img
              className={styles.cover}
              src={sharedUrl(slug, first.id, "cover", { ticket, size: String(COVER) })}
              alt=""
              width={COVER}
              height={COVER}
            />
          )}
          <div className={styles.about}>
            <p className={styles.from}>{words.from(page.owner)}</p>
            <h1>{page.title}</h1>
            {page.description && <p className={styles.description}>{page.description}</p>}
            {first && <Facts visit={visit} />}
            {first && (
              <div className={styles.actions}>
                <Button
                  look="primary"
                  icon={
                    playing ? <Pause size={18} fill="currentColor" /> : <Play size={18} fill="currentColor" />
                  }
                  onClick={() => {
                    player.toggle()
                  }}
                >
                  {playing ? words.pause : words.play}
                </Button>
                {page.may_download && <DownloadAll visit={visit} />}
              </div>
            )}
          </div>
        </header>
        {first ? (
          <VirtualList count={page.tracks.length} rowHeight={ROW_HEIGHT} label={words.tracks}>
            {(index) => (
              <SharedTrackRow
                visit={visit}
                index={index}
                present={at === index}
                playing={at === index && playing}
                onPress={() => {
                  if (at === index) player.toggle()
                  else player.play(index)
                }}
              />
            )}
          </VirtualList>
        ) : (
          <Empty title={words.empty} />
        )}
      </main>
      <SharedBar visit={visit} player={player} />
    </>
  )
}

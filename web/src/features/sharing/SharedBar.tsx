import { Pause, Play, SkipBack, SkipForward } from "lucide-react"
import { useEffect, useState } from "react"

import styles from "@/features/sharing/SharedBar.module.css"
import type { SharedPlayer } from "@/features/sharing/sharedPlayer"
import type { Visit } from "@/features/sharing/visit"
import { Slider } from "@/player/ui/Slider"
import { sharedUrl } from "@/shared/api/shares"
import { clock } from "@/shared/format/time"
import { IconButton } from "@/shared/ui/Button"
import { useWords } from "@/shared/words/words"

const STEP_MS = 5_000
const PAGE_MS = 30_000

interface SharedBarProps {
  visit: Visit
  player: SharedPlayer
}

/** The keys of keyboards and headphones do as the buttons. */
function useMediaKeys({ visit, player }: SharedBarProps): void {
  const at = player.use((state) => state.at)
  const track = at === null ? undefined : visit.page.tracks[at]
  useEffect(() => {
    if (!track || !("mediaSession" in navigator)) return
    const session = navigator.mediaSession
    const { title, artist, album } = track
    session.metadata = new MediaMetadata({ title, artist, album: album ?? "" })
    const actions: [MediaSessionAction, () => void][] = [
      [
        "play",
        () => {
          player.toggle()
        },
      ],
      [
        "pause",
        () => {
          player.toggle()
        },
      ],
      [
        "nexttrack",
        () => {
          player.next()
        },
      ],
      [
        "previoustrack",
        () => {
          player.previous()
        },
      ],
    ]
    for (const [action, handler] of actions) session.setActionHandler(action, handler)
    return () => {
      session.metadata = null
      for (const [action] of actions) session.setActionHandler(action, null)
    }
  }, [player, track])
}

/** The player of the page behind a link, once something was played. */
export function SharedBar({ visit, player }: SharedBarProps) {
  const words = useWords()
  const { page } = words.sharing
  const [dragged, setDragged] = useState<number | null>(null)
  const { at, playing, positionMs } = player.use()
  useMediaKeys({ visit, player })
  const track = at === null ? undefined : visit.page.tracks[at]
  if (!track) return null
  const length = track.duration_ms
  const position = Math.min(positionMs, length)
  const shown = dragged ?? position
  return (
    <section className={styles.bar} aria-label={page.player}>
      <img
        className={styles.thumb}
        src={sharedUrl(visit.slug, track.id, "cover", { ticket: visit.ticket, size: "96" })}
        alt=""
        width={48}
        height={48}
      />
      <div className={styles.now}>
        <strong className="ellipsis" data-testid="shared-title">
          {track.title}
        </strong>
        <span className="ellipsis">{track.artist || words.unknownArtist}</span>
      </div>
      <div className={styles.buttons}>
        <IconButton
          label={page.previous}
          onClick={() => {
            player.previous()
          }}
        >
          <SkipBack size={20} fill="currentColor" />
        </IconButton>
        <IconButton
          label={playing ? page.pause : page.play}
          className={styles.toggle}
          onClick={() => {
            player.toggle()
          }}
        >
          {playing ? <Pause size={22} fill="currentColor" /> : <Play size={22} fill="currentColor" />}
        </IconButton>
        <IconButton
          label={page.next}
          disabled={at === visit.page.tracks.length - 1}
          onClick={() => {
            player.next()
          }}
        >
          <SkipForward size={20} fill="currentColor" />
        </IconButton>
      </div>
      <div className={styles.seek}>
        <span data-testid="shared-position">{clock(shown)}</span>
        <Slider
          label={words.player.seek}
          value={position}
          max={length}
          text={words.player.position(clock(shown), clock(length))}
          step={STEP_MS}
          page={PAGE_MS}
          hint={clock}
          onDrag={setDragged}
          onChange={(ms) => {
            player.seek(ms)
          }}
        />
        <span>{clock(length)}</span>
      </div>
    </section>
  )
}

import { useQuery } from "@tanstack/react-query"
import { Play, X } from "lucide-react"
import { useEffect, useState } from "react"

import { playTracks } from "@/player/engine/controls"
import { keptQueue } from "@/player/engine/keeping"
import { usePlayer } from "@/player/engine/store"
import { useRadio } from "@/player/radio/radio"
import { useRole } from "@/player/remote/store"
import { worthOffering } from "@/player/resume/offering"
import styles from "@/player/resume/ResumeOffer.module.css"
import { savedQueueQuery, type SavedQueue } from "@/shared/api/listening"
import { cx } from "@/shared/format/classes"
import { ago } from "@/shared/format/time"
import { useMe } from "@/shared/session/house"
import { Button, IconButton } from "@/shared/ui/Button"
import { Cover } from "@/shared/ui/Cover"
import { useLocale, useWords } from "@/shared/words/words"

const DISMISSED = "sarau.resume.dismissed"
const OWN_PLAYERS = "Sarau"

/** What may be offered, until something plays here or elsewhere or it is declined. */
function useOffer(): [SavedQueue | null, dismiss: () => void] {
  const { id } = useMe().user
  // As it was when the page came: what is done in it later says that one has chosen.
  const [here] = useState(() => keptQueue(id))
  const [over, setOver] = useState(false)
  const leading = useRole((state) => state.role === "leading")
  const radio = useRadio((state) => state.station !== null)
  const saved = useQuery({ ...savedQueueQuery, enabled: !over }).data
  useEffect(
    () =>
      usePlayer.subscribe((now, before) => {
        if (now.playing && !before.playing) setOver(true)
      }),
    [],
  )
  if (over || radio || !leading || !saved || !worthOffering(saved, here)) return [null, () => undefined]
  if (localStorage.getItem(DISMISSED) === saved.changed_at) return [null, () => undefined]
  const dismiss = () => {
    localStorage.setItem(DISMISSED, saved.changed_at)
    setOver(true)
  }
  return [saved, dismiss]
}

/** Offers, when the page comes, to go on with what one left on another device. */
export function ResumeOffer() {
  const words = useWords()
  const locale = useLocale()
  const [saved, dismiss] = useOffer()
  const at = saved?.current_index ?? 0
  const track = saved?.tracks[at]
  if (!saved || !track) return null
  const { resume } = words.listening
  const by = saved.changed_by
  const where = by === "" || by === OWN_PLAYERS ? resume.inSarau : by
  const go = () => {
    playTracks(saved.tracks, { at, shuffle: false, startMs: saved.position_ms, source: { kind: "queue" } })
    dismiss()
  }
  return (
    <section className={styles.offer} aria-label={resume.label}>
      <Cover kind="tracks" id={track.id} cover={track.cover} size={96} className={styles.cover} />
      <div className={styles.words}>
        <div className={cx(styles.title, "ellipsis")}>
          {`${track.title} · ${track.artist || words.unknownArtist}`}
        </div>
        <div className={cx(styles.text, "ellipsis")}>{resume.text(ago(saved.changed_at, locale), where)}</div>
      </div>
      <Button look="primary" icon={<Play size={16} fill="currentColor" />} onClick={go}>
        {resume.go}
      </Button>
      <IconButton size="s" label={resume.dismiss} onClick={dismiss}>
        <X size={18} />
      </IconButton>
    </section>
  )
}

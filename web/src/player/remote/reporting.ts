import { engine } from "@/player/engine/local"
import { usePlayer, usePlayerSettings } from "@/player/engine/store"
import { line, serverUs, soundsHere } from "@/player/remote/line"
import { useRemote } from "@/player/remote/store"

const REPORT_EVERY_MS = 10_000
const SETTLE_MS = 200

interface Loud {
  volume: number
  muted: boolean
}

function isSame(one: Loud, other: Loud): boolean {
  return Math.abs(one.volume - other.volume) < 0.005 && one.muted === other.muted
}

/** Tells the session how it goes with this page: where it is, how loud, and whether it waits. */
export class Reporting {
  private readonly entryId: () => string
  private timer: ReturnType<typeof setTimeout> | null = null
  private stops: (() => void)[] = []
  /** The volume that was told last; null before any. */
  private told: Loud | null = null

  constructor(entryId: () => string) {
    this.entryId = entryId
  }

  open(): void {
    const beat = setInterval(() => {
      if (soundsHere() && usePlayer.getState().playing) this.report()
    }, REPORT_EVERY_MS)
    this.stops = [
      () => {
        clearInterval(beat)
      },
      usePlayer.subscribe((now, before) => {
        if (now.playing !== before.playing || now.waiting !== before.waiting) this.later()
      }),
      usePlayerSettings.subscribe((now) => {
        if (this.told && !isSame(now, this.told)) this.later()
      }),
    ]
  }

  close(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    for (const stop of this.stops) stop()
  }

  /** Report when it has settled. */
  later(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.timer = null
      this.report()
    }, SETTLE_MS)
  }

  /** The devices are otherwise now: somebody may have set the volume of this one. */
  heardDevices(): void {
    const { devices, deviceId } = useRemote.getState()
    const own = devices.find(({ id }) => id === deviceId)
    const here = usePlayerSettings.getState()
    // What somebody set here just now, and is still to be told, counts more.
    if (!own || !this.told || !isSame(here, this.told)) return
    const { volume, muted } = own
    if (isSame(own, this.told)) return
    this.told = { volume, muted }
    usePlayerSettings.setState({ volume, muted })
  }

  private report(): void {
    const connection = line()
    if (!connection?.open) return
    const { volume, muted } = usePlayerSettings.getState()
    const { playing, waiting } = usePlayer.getState()
    const sounds = soundsHere() && engine.current !== null
    connection.report({
      position_ms: Math.max(0, Math.round(engine.positionMs)),
      at_us: Math.round(serverUs()),
      playing: sounds && playing,
      buffering: sounds && waiting,
      volume,
      muted,
      entry_id: sounds ? this.entryId() : "",
      ended: false,
      problem: "",
    })
    this.told = { volume, muted }
  }
}

import { passBaton } from "@/player/engine/baton"
import { engine, setVolume, toggleMute } from "@/player/engine/local"
import { present } from "@/player/engine/queue"
import { usePlayer, usePlayerSettings, useProgress } from "@/player/engine/store"
import { awayBaton } from "@/player/remote/batons"
import { correctionFor } from "@/player/remote/drift"
import { itemsOfSession } from "@/player/remote/items"
import { line, serverUs } from "@/player/remote/line"
import { positionOf, type SessionState } from "@/player/remote/protocol"
import { useRemote, useRole } from "@/player/remote/store"
import { wordsNow } from "@/shared/words/words"

const LOOK_EVERY_MS = 250
/** How long a start or a jump takes until it is heard, at first; learned from what comes of it. */
const USUAL_LAG_MS = 120
const MOST_LAG_MS = 1_500

/** While others decide, this page shows what plays, and sounds in time with them if it is to. */
export class Following {
  private timer: ReturnType<typeof setInterval> | null = null
  private shown = -1
  private lagMs = USUAL_LAG_MS
  private soughtAt = 0
  private learning = false
  /** Somebody silenced this page alone: the system, or the browser before the first press. */
  private hushed = false
  private wanted = false

  /** Others decide from now on. */
  open(): void {
    if (this.timer !== null) return
    this.shown = -1
    this.hushed = false
    this.wanted = usePlayer.getState().playing
    passBaton(
      awayBaton({
        ended: (item) => {
          this.report(item.key, { ended: true })
        },
        unplayable: (item) => {
          this.report(item.key, { problem: wordsNow().player.unplayable(item.track.title) })
          engine.stop()
        },
        resumeHere: () => this.resumeHere(),
        setVolume: (volume) => {
          if (useRole.getState().role === "together") setVolume(volume)
          return useRole.getState().role === "together"
        },
        toggleMute: () => {
          if (useRole.getState().role === "together") toggleMute()
          return useRole.getState().role === "together"
        },
      }),
    )
    this.timer = setInterval(() => {
      this.look()
    }, LOOK_EVERY_MS)
    this.heard()
  }

  /** This page decides again. What was shown stays, silent unless it sounded here. */
  close(): void {
    if (this.timer === null) return
    clearInterval(this.timer)
    this.timer = null
    passBaton(null)
    engine.setRate(1)
    if (!engine.current) usePlayer.setState({ playing: false, waiting: false })
  }

  /** The session changed. */
  heard(): void {
    const { session, queue } = useRemote.getState()
    if (this.timer === null || !session) return
    if (queue.version !== this.shown) void this.showQueue()
    else this.showState(session)
    this.look()
  }

  private async showQueue(): Promise<void> {
    const { session, queue } = useRemote.getState()
    if (!session) return
    try {
      const items = await itemsOfSession(queue, session.session_id)
      const now = useRemote.getState()
      if (this.timer === null || now.queue.version !== queue.version || !now.session) return
      this.shown = queue.version
      usePlayer.setState({ queue: { items, at: now.session.index, unshuffled: null }, more: null })
      this.keepSound(now.session)
      this.showState(now.session)
      this.look()
    } catch {
      // The next change, or the next line, brings it.
    }
  }

  /** What sounds here already, and is what the session plays, goes on under its new name. */
  private keepSound(session: SessionState): void {
    const item = present(usePlayer.getState().queue)
    if (item && session.playing && item.track.id === engine.current?.track.id) {
      engine.rename(item)
    }
  }

  private showState(session: SessionState): void {
    const { queue } = usePlayer.getState()
    if (queue.at !== session.index) usePlayer.setState({ queue: { ...queue, at: session.index } })
    usePlayerSettings.setState({ repeat: session.repeat, shuffle: session.shuffle })
  }

  private look(): void {
    const { session, queue } = useRemote.getState()
    if (!session || queue.version !== this.shown) return
    if (useRole.getState().role === "together") this.sound(session)
    else this.mirror(session)
  }

  /** Show where the others are. */
  private mirror(session: SessionState): void {
    if (engine.current) engine.stop()
    const positionMs = positionOf(session, serverUs())
    usePlayer.setState({ playing: session.playing, waiting: false, converted: null })
    useProgress.setState({ positionMs, bufferedMs: positionMs })
  }

  /** Sound in time with the others. */
  private sound(session: SessionState): void {
    const item = present(usePlayer.getState().queue)
    const target = positionOf(session, serverUs())
    if (!session.playing || !item) {
      this.silence(session, target)
      return
    }
    if (this.stoppedHere()) return
    if (engine.current?.key !== item.key) {
      this.wanted = true
      this.begin(() => void engine.start(item, target + this.lagMs))
    } else if (!usePlayer.getState().playing) {
      if (serverUs() < session.at_us) return
      this.wanted = true
      this.begin(() => void engine.resume())
    } else if (!usePlayer.getState().waiting) {
      this.correct(session, target)
    }
  }

  private begin(start: () => void): void {
    engine.setRate(useRemote.getState().session?.rate ?? 1)
    this.soughtAt = performance.now()
    this.learning = true
    start()
  }

  private silence(session: SessionState, target: number): void {
    this.wanted = false
    this.hushed = false
    if (usePlayer.getState().playing) engine.pause()
    if (session.entry_id !== "" && engine.current?.key === session.entry_id) {
      if (Math.abs(engine.positionMs - target) > 40) engine.seek(target)
    } else {
      if (engine.current) engine.stop()
      useProgress.setState({ positionMs: target, bufferedMs: 0 })
    }
  }

  /** Whether this page fell silent though nobody told the session so. */
  private stoppedHere(): boolean {
    if (this.wanted && !usePlayer.getState().playing && !this.hushed) {
      this.hushed = true
      const key = engine.current?.key ?? ""
      this.report(key, { problem: wordsNow().player.blocked })
    }
    return this.hushed
  }

  /** Sound again after this page alone was silent; answers whether it was. */
  private resumeHere(): boolean {
    const was = this.hushed
    this.hushed = false
    this.wanted = false
    if (was) this.look()
    return was
  }

  private correct(session: SessionState, target: number): void {
    const drift = engine.positionMs - target
    const since = performance.now() - this.soughtAt
    if (this.learning && since > 600) {
      // Late by so much although this much was allowed for.
      this.learning = false
      this.lagMs = Math.max(0, Math.min(MOST_LAG_MS, this.lagMs - drift / 2))
    }
    const correction = correctionFor(drift, session.rate, since)
    if (correction.kind === "rate") engine.setRate(correction.rate)
    else {
      this.begin(() => {
        engine.seek(target + this.lagMs)
      })
    }
  }

  private report(key: string, more: { ended?: boolean; problem?: string }): void {
    const { volume, muted } = usePlayerSettings.getState()
    const { playing, waiting } = usePlayer.getState()
    line()?.report({
      position_ms: Math.round(engine.positionMs),
      at_us: Math.round(serverUs()),
      playing,
      buffering: waiting,
      volume,
      muted,
      entry_id: key,
      ended: false,
      problem: "",
      ...more,
    })
  }
}

import { Attempts } from "@/player/engine/attempts"
import { Deck } from "@/player/engine/deck"
import { plansFor, streamUrl, type Plan } from "@/player/engine/formats"
import { Listening } from "@/player/engine/listening"
import type { QueueItem } from "@/player/engine/queue"
import { usePlayer, usePlayerSettings, useProgress } from "@/player/engine/store"
import { diagnose, remedyFor } from "@/player/engine/trouble"
import { pause } from "@/shared/format/pause"
import { keepFresh } from "@/shared/session/session"

/** What the engine asks of who knows the queue. */
export interface Director {
  /** What follows by itself when the present item ends. */
  upcoming: () => QueueItem | null
  /** The present item ended. */
  onEnded: () => void
  /** The present item cannot be played in any way. */
  onUnplayable: (item: QueueItem) => void
  /** It cannot go on just now. */
  onTrouble: (kind: "busy" | "offline" | "blocked") => void
}

const PRELOAD_BEFORE_MS = 30_000

/** Makes sound: one deck plays, the other gets the next track ready so that it follows without a gap. */
export class Engine {
  private readonly director: Director
  private active: Deck
  private other: Deck
  private listening: Listening | null = null
  /** Counts what was asked for: whatever still waits for an older wish gives up. */
  private wish = 0
  private attempts = new Attempts([])
  private preparing: string | null = null
  /** Sound comes out, and nobody asked us to stop it. */
  private sounding = false

  constructor(director: Director) {
    this.director = director
    const ifActive = (handler: (deck: Deck) => void) => (deck: Deck) => {
      if (deck === this.active) handler(deck)
    }
    const events = {
      onTime: ifActive(this.tell.bind(this)),
      onState: ifActive(this.changed.bind(this)),
      onPlaying: ifActive(this.sounds.bind(this)),
      onEnded: ifActive(this.ended.bind(this)),
      onError: (deck: Deck) => {
        if (deck === this.active) void this.failed(deck)
        else deck.unload()
      },
    }
    this.active = new Deck(events)
    this.other = new Deck(events)
    usePlayerSettings.subscribe(() => {
      this.applyVolume()
    })
  }

  get current(): QueueItem | null {
    return this.active.item
  }

  get positionMs(): number {
    return this.active.positionMs
  }

  /** Play an item from a moment on. */
  async start(item: QueueItem, startMs = 0): Promise<void> {
    const wish = ++this.wish
    this.leaveItem()
    this.attempts = new Attempts(this.plansOf(item))
    usePlayer.setState({ playing: true, waiting: true })
    useProgress.setState({ positionMs: startMs, bufferedMs: 0 })
    // Touched now, while somebody's finger is on the button, it may later play by itself (iOS).
    if (!this.other.item) this.other.audio.load()
    const ready = this.other.item?.key === item.key && (startMs === 0 || this.other.seek(startMs))
    if (ready) {
      this.active.unload()
      ;[this.active, this.other] = [this.other, this.active]
    } else {
      this.active.audio.pause()
      await keepFresh().catch(() => null)
      if (wish !== this.wish) return
      const plan = this.attempts.best
      if (!plan) {
        this.director.onUnplayable(item)
        return
      }
      this.active.load(item, plan, startMs)
    }
    this.show()
    await this.play(wish)
  }

  /** Go on after a pause. */
  async resume(): Promise<void> {
    const { item, audio, positionMs } = this.active
    if (item && audio.error) return this.start(item, positionMs)
    usePlayer.setState({ playing: true })
    await this.play(++this.wish)
  }

  pause(): void {
    this.wish++
    this.sounding = false
    this.listening?.hold()
    usePlayer.setState({ playing: false, waiting: false })
    this.active.audio.pause()
  }

  /** Silence, and nothing in hand. */
  stop(): void {
    this.wish++
    this.leaveItem()
    this.active.unload()
    this.other.unload()
    usePlayer.setState({ playing: false, waiting: false, converted: null })
    useProgress.setState({ positionMs: 0, bufferedMs: 0 })
  }

  seek(ms: number): void {
    const { item, plan } = this.active
    if (!item || !plan) return
    const target = Math.max(0, Math.min(ms, item.track.duration_ms - 250))
    if (!this.active.seek(target)) {
      this.sounding = false
      this.active.load(item, plan, target)
      if (usePlayer.getState().playing) void this.play(++this.wish)
    }
    useProgress.setState({ positionMs: target })
  }

  /** How fast to play; 1 is the music's own. */
  setRate(rate: number): void {
    for (const deck of [this.active, this.other]) deck.setRate(rate)
  }

  /** The present item stands elsewhere in a queue now; its sound goes on. */
  rename(item: QueueItem): void {
    this.active.item = item
  }

  /** The page goes away. */
  leavePage(): void {
    this.listening?.leave()
  }

  private plansOf(item: QueueItem): Plan[] {
    const { quality } = usePlayerSettings.getState()
    return plansFor(item.track, quality, (type) => this.active.audio.canPlayType(type))
  }

  private async play(wish: number): Promise<void> {
    try {
      await this.active.audio.play()
    } catch (error) {
      // Any other failure comes as an event of its own; an abort means that something else was asked for.
      if (wish !== this.wish || !(error instanceof DOMException) || error.name !== "NotAllowedError") return
      this.pause()
      this.director.onTrouble("blocked")
    }
  }

  /** The element waits, or somebody else paused it: the system, or headphones pulled out. */
  private changed(deck: Deck): void {
    const { paused, ended } = deck.audio
    if (this.sounding && paused && !ended) {
      this.sounding = false
      usePlayer.setState({ playing: false })
    }
    usePlayer.setState({ waiting: deck.waiting })
  }

  private sounds(deck: Deck): void {
    this.sounding = true
    const { item } = deck
    if (item) this.listening ??= new Listening(item, deck.positionMs)
    usePlayer.setState({ playing: true, waiting: false })
  }

  private ended(): void {
    this.leaveItem()
    this.director.onEnded()
  }

  private leaveItem(): void {
    this.sounding = false
    this.listening?.finish()
    this.listening = null
  }

  private show(): void {
    this.applyVolume()
    usePlayer.setState({ converted: this.active.plan?.format ?? null })
    this.tell()
  }

  private tell(): void {
    const { positionMs, bufferedMs, item } = this.active
    this.listening?.at(positionMs)
    useProgress.setState({ positionMs, bufferedMs })
    if (item && item.track.duration_ms - positionMs < PRELOAD_BEFORE_MS) void this.prepare()
  }

  /** Get the next track ready in the other deck. */
  private async prepare(): Promise<void> {
    const item = this.director.upcoming()
    if (!item || item.key === this.other.item?.key || item.key === this.preparing) return
    this.preparing = item.key
    const [plan] = this.plansOf(item)
    await keepFresh().catch(() => null)
    if (plan && this.director.upcoming()?.key === item.key) {
      this.other.load(item, plan, 0)
      this.applyVolume()
    }
    this.preparing = null
  }

  private applyVolume(): void {
    const settings = usePlayerSettings.getState()
    for (const deck of [this.active, this.other]) deck.setLoudness(settings)
  }

  /** Find out why there is no sound, and do what can be done: wait, convert, or give the track up. */
  private async failed(deck: Deck): Promise<void> {
    const { item, plan } = deck
    // While nobody wants to hear, it can wait: going on tries again.
    if (!item || !plan || !usePlayer.getState().playing) return
    const wish = this.wish
    const atMs = deck.positionMs
    const lost = deck.audio.error?.code === MediaError.MEDIA_ERR_NETWORK
    const trouble = await diagnose(streamUrl(item.track.id, plan, 0), deck.loadedAt)
    const remedy = remedyFor(trouble, lost)
    if (wish !== this.wish) return
    this.sounding = false
    if (remedy.end) this.pause()
    if (remedy.tell) this.director.onTrouble(remedy.tell)
    const next = this.attempts.after(plan, remedy)
    await pause(remedy.waitMs)
    if (wish !== this.wish) return
    if (!next) {
      this.director.onUnplayable(item)
      return
    }
    deck.load(item, next, atMs)
    this.show()
    await this.play(wish)
  }
}

import { streamUrl, type Plan } from "@/player/engine/formats"
import { elementVolume, gainFactor, type GainMode } from "@/player/engine/loudness"
import type { QueueItem } from "@/player/engine/queue"

/** What an engine hears from a deck. */
export interface DeckEvents {
  onTime: (deck: Deck) => void
  onState: (deck: Deck) => void
  onPlaying: (deck: Deck) => void
  onEnded: (deck: Deck) => void
  onError: (deck: Deck) => void
}

interface Loudness {
  volume: number
  muted: boolean
  gain: GainMode
  preampDb: number
}

/** One audio element with the item it holds. Positions are those in the track, also when its stream begins later. */
export class Deck {
  readonly audio: HTMLAudioElement
  item: QueueItem | null = null
  plan: Plan | null = null
  /** When it began to fetch. */
  loadedAt = 0
  private offsetMs = 0

  constructor(events: DeckEvents) {
    this.audio = new Audio()
    this.audio.preload = "auto"
    const on = (names: string[], handler: (deck: Deck) => void) => {
      for (const name of names) {
        this.audio.addEventListener(name, () => {
          if (this.item) handler(this)
        })
      }
    }
    on(["timeupdate", "progress", "seeked"], events.onTime)
    on(["waiting", "pause", "play", "seeking", "canplay"], events.onState)
    on(["playing"], events.onPlaying)
    on(["ended"], events.onEnded)
    on(["error"], events.onError)
  }

  /** Begin to fetch an item by a plan, from a moment on. */
  load(item: QueueItem, plan: Plan, startMs: number): void {
    this.item = item
    this.plan = plan
    this.loadedAt = Date.now()
    this.offsetMs = plan.format === null ? 0 : startMs
    this.audio.src = streamUrl(item.track.id, plan, startMs)
    this.audio.load()
    // Set before the length is known, it is where playing will begin.
    if (plan.format === null && startMs > 0) this.audio.currentTime = startMs / 1000
  }

  /** Let go of everything. */
  unload(): void {
    this.item = null
    this.plan = null
    this.offsetMs = 0
    this.audio.pause()
    this.audio.removeAttribute("src")
    this.audio.load()
  }

  setLoudness({ volume, muted, gain, preampDb }: Loudness): void {
    const factor = this.item ? gainFactor(this.item.track.replay_gain, gain, preampDb) : 1
    this.audio.volume = elementVolume(volume, factor)
    this.audio.muted = muted
  }

  /** How fast it plays from now on, whatever it holds; the pitch stays. */
  setRate(rate: number): void {
    this.audio.defaultPlaybackRate = rate
    if (this.audio.playbackRate !== rate) this.audio.playbackRate = rate
  }

  get positionMs(): number {
    return this.offsetMs + this.audio.currentTime * 1000
  }

  /** Up to where the sound is here already. */
  get bufferedMs(): number {
    const { buffered, currentTime } = this.audio
    for (let part = 0; part < buffered.length; part++) {
      if (buffered.start(part) <= currentTime + 0.5 && buffered.end(part) > currentTime) {
        return this.offsetMs + buffered.end(part) * 1000
      }
    }
    return this.positionMs
  }

  /** Play on, but nothing comes: the network is slow. */
  get waiting(): boolean {
    return !this.audio.paused && this.audio.readyState < HTMLMediaElement.HAVE_FUTURE_DATA
  }

  /** Go to a moment; answers false when this stream cannot, as one that is still being converted. */
  seek(ms: number): boolean {
    const seconds = (ms - this.offsetMs) / 1000
    if (this.plan?.format !== null && !this.reaches(seconds)) return false
    this.audio.currentTime = seconds
    return true
  }

  private reaches(seconds: number): boolean {
    const { seekable, duration } = this.audio
    if (!Number.isFinite(duration)) return false
    for (let part = 0; part < seekable.length; part++) {
      if (seekable.start(part) <= seconds && seconds < seekable.end(part)) return true
    }
    return false
  }
}

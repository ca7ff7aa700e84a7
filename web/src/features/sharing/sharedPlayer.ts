import { create, type UseBoundStore, type StoreApi } from "zustand"

import { formatsFor, soundUrl } from "@/features/sharing/sources"
import type { Visit } from "@/features/sharing/visit"
import { diagnose, type Trouble } from "@/player/engine/trouble"
import { pause } from "@/shared/format/pause"
import { toast, toastProblem } from "@/shared/ui/toasts"
import { wordsNow } from "@/shared/words/words"

interface SharedSound {
  /** The place of the track that is on; null before anything was played. */
  at: number | null
  playing: boolean
  positionMs: number
}

/** How the track that is on is heard: the way tried now, how often in vain, and where its sound begins. */
interface Way {
  at: number
  tried: number
  failures: number
  ticket: string
  url: string
  original: boolean
  beginsMs: number
}

const RESTART_AFTER_MS = 3_000
const AGAIN_MS = 3_000
const MOST_FAILURES = 5

/** Plays what is behind a link, one track after the other, in an element of its own. */
export class SharedPlayer {
  readonly use: UseBoundStore<StoreApi<SharedSound>>
  readonly #visit: Pick<Visit, "slug" | "page" | "goodTicket">
  readonly #audio = new Audio()
  #way: Way | null = null

  constructor(visit: Pick<Visit, "slug" | "page" | "goodTicket">) {
    this.#visit = visit
    this.use = create<SharedSound>()(() => ({ at: null, playing: false, positionMs: 0 }))
  }

  /** Listen to the element; returns how to stop, which also stops the sound. */
  open(): () => void {
    const audio = this.#audio
    const set = this.use.setState
    const listeners: Record<string, () => void> = {
      ended: () => {
        if (!this.next()) set({ playing: false })
      },
      error: () => void this.#failed(),
      timeupdate: () => {
        set({ positionMs: this.#nowMs() })
      },
      play: () => {
        set({ playing: true })
      },
      pause: () => {
        if (!audio.ended) set({ playing: false })
      },
    }
    for (const [name, listener] of Object.entries(listeners)) audio.addEventListener(name, listener)
    return () => {
      for (const [name, listener] of Object.entries(listeners)) audio.removeEventListener(name, listener)
      this.#way = null
      audio.pause()
      audio.removeAttribute("src")
      set({ at: null, playing: false, positionMs: 0 })
    }
  }

  play(at: number): void {
    void this.#begin(at, 0, 0)
  }

  toggle(): void {
    if (this.#way === null) this.play(this.use.getState().at ?? 0)
    else if (this.#audio.paused) void this.#audio.play().catch(() => undefined)
    else this.#audio.pause()
  }

  /** Go on to the next track; answers whether there is one. */
  next(): boolean {
    const { at } = this.use.getState()
    const to = (at ?? -1) + 1
    if (to >= this.#visit.page.tracks.length) return false
    this.play(to)
    return true
  }

  /** Back to the beginning of the track, or to the one before when it has only begun. */
  previous(): void {
    const { at, positionMs } = this.use.getState()
    if (at === null) return
    if (positionMs > RESTART_AFTER_MS || at === 0) this.seek(0)
    else this.play(at - 1)
  }

  seek(ms: number): void {
    const way = this.#way
    if (!way) return
    if (way.original) {
      this.#audio.currentTime = ms / 1000
      this.use.setState({ positionMs: ms })
    } else void this.#begin(way.at, ms, way.tried)
  }

  #nowMs(): number {
    return (this.#way?.beginsMs ?? 0) + this.#audio.currentTime * 1000
  }

  /** Play a track from a moment on, in the way that is tried now. */
  async #begin(at: number, fromMs: number, tried: number, failures = 0): Promise<void> {
    const { slug, page, goodTicket } = this.#visit
    const audio = this.#audio
    const track = page.tracks[at]
    if (!track) return
    const format = formatsFor(track, (type) => audio.canPlayType(type))[tried]
    if (format === undefined) {
      this.#giveUp(at)
      return
    }
    const original = format === null
    const way: Way = { at, tried, failures, ticket: "", url: "", original, beginsMs: original ? 0 : fromMs }
    this.#way = way
    this.use.setState({ at, playing: true, positionMs: fromMs })
    try {
      way.ticket = await goodTicket()
      if (this.#way !== way) return
      way.url = soundUrl(slug, track, way.ticket, format, fromMs)
      audio.src = way.url
      if (original && fromMs > 0) audio.currentTime = fromMs / 1000
      await audio.play()
    } catch (error) {
      this.#stopped(error)
    }
  }

  /** A sound that cannot be played is told by an event of its own. */
  #stopped(error: unknown): void {
    const own = error instanceof DOMException
    if (!own) toastProblem(error)
    if (!own || error.name === "NotAllowedError") this.use.setState({ playing: false })
  }

  /** Ask why the sound does not come, and do what helps. */
  async #failed(): Promise<void> {
    const way = this.#way
    if (!way?.url) return
    const ms = this.#nowMs()
    try {
      const trouble = await diagnose(way.url, Date.now())
      if (this.#way !== way) return
      if (trouble.kind === "format") await this.#begin(way.at, ms, way.tried + 1)
      else if (trouble.kind === "gone" || way.failures >= MOST_FAILURES) this.#giveUp(way.at)
      else await this.#again(way, ms, trouble)
    } catch (error) {
      this.#stopped(error)
    }
  }

  /** Try the same way once more: with another ticket, or after a while. */
  async #again(way: Way, ms: number, trouble: Trouble): Promise<void> {
    const busy = trouble.kind === "busy"
    if (busy && way.failures === 0) toast(wordsNow().errors.too_many_transcodes)
    if (trouble.kind === "ended") await this.#visit.goodTicket(way.ticket)
    else await pause(busy ? trouble.afterMs : AGAIN_MS)
    if (this.#way === way) await this.#begin(way.at, ms, way.tried, way.failures + 1)
  }

  #giveUp(at: number): void {
    this.#way = null
    this.use.setState({ at, playing: false })
    toast(wordsNow().sharing.page.unplayable, "problem")
  }
}

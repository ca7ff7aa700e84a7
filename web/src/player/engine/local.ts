import { baton } from "@/player/engine/baton"
import { isLong, leftAt, notePlace } from "@/player/engine/bookmarks"
import { Engine } from "@/player/engine/engine"
import * as queues from "@/player/engine/queue"
import { usePlayer, usePlayerSettings, useProgress, type More } from "@/player/engine/store"
import { trackSource } from "@/shared/api/catalogue"
import type { PlaySource } from "@/shared/api/listening"
import type { Track } from "@/shared/api/types"
import { toast } from "@/shared/ui/toasts"
import { wordsNow } from "@/shared/words/words"

const RESTART_AFTER_MS = 3_000
const EXTEND_BEFORE = 5
const MOST_FAILURES = 5
const FROM_QUEUE: PlaySource = { kind: "queue" }

let failures = 0
let extending = false

/** What makes the sound of this page. */
export const engine = new Engine({
  upcoming: () => {
    const other = baton()
    if (other) return other.upcoming()
    const { queue } = usePlayer.getState()
    const { repeat } = usePlayerSettings.getState()
    if (repeat === "one") return null
    const place = queues.neighbour(queue, 1, repeat)
    return place === null || place === queue.at ? null : (queue.items[place] ?? null)
  },
  onEnded: () => {
    failures = 0
    const { current } = engine
    if (current && isLong(current.track)) notePlace(current.track, current.track.duration_ms)
    const other = baton()
    if (other) {
      if (current) other.ended(current)
      return
    }
    if (usePlayerSettings.getState().repeat === "one") void startPresent()
    else step(1)
  },
  onUnplayable: (item) => {
    const other = baton()
    if (other) {
      other.unplayable(item)
      return
    }
    const { queue } = usePlayer.getState()
    failures += 1
    const name = item.track.title
    if (
      queues.neighbour(queue, 1, "off") === null ||
      failures >= Math.min(MOST_FAILURES, queue.items.length)
    ) {
      engine.stop()
      const words = wordsNow().player
      toast(failures > 1 ? words.manyFailed : words.unplayable(name), "problem")
      failures = 0
      return
    }
    toast(wordsNow().player.skipped(name), "problem")
    step(1)
  },
  onTrouble: (kind) => {
    const words = wordsNow().player
    toast({ busy: words.busy, offline: words.lost, blocked: words.blocked }[kind], "problem")
  },
})

function setQueue(queue: queues.Queue): void {
  usePlayer.setState({ queue })
}

/** Play the present item of the queue, from a moment on; left out, from where one left it, if it is long. */
export async function startPresent(startMs?: number): Promise<void> {
  const item = queues.present(usePlayer.getState().queue)
  if (!item) return
  const fromMs = startMs ?? (isLong(item.track) ? await leftAt(item.track) : 0)
  if (queues.present(usePlayer.getState().queue)?.key !== item.key) return
  await Promise.all([engine.start(item, fromMs), extend()])
}

/** Read on in a long list when the queue made of it comes to its end. */
async function extend(): Promise<void> {
  const { queue, more } = usePlayer.getState()
  if (!more || extending || queue.items.length - queue.at > EXTEND_BEFORE) return
  extending = true
  try {
    const page = await trackSource(more.filters).page(more.cursor)
    const random = more.filters.sort === "random"
    if (usePlayer.getState().more !== more) return
    const next = page.next_cursor !== null || random ? { ...more, cursor: page.next_cursor } : null
    const source = queue.items.at(-1)?.source
    usePlayer.setState({ queue: queues.withLast(usePlayer.getState().queue, page.items, source), more: next })
  } catch {
    // It is tried again with the next track.
  } finally {
    extending = false
  }
}

/** Leave the present item for the next or the one before. */
function step(direction: 1 | -1): void {
  const { queue } = usePlayer.getState()
  const { repeat } = usePlayerSettings.getState()
  const place = queues.neighbour(queue, direction, repeat === "one" ? "all" : repeat)
  if (place !== null) {
    setQueue({ ...queue, at: place })
    void startPresent()
    return
  }
  // At the end: back to the beginning, silent.
  engine.stop()
  if (queue.items.length > 0) setQueue({ ...queue, at: 0 })
}

export interface PlayOptions {
  /** The place to begin at; left out, the beginning, or anywhere when shuffling. */
  at?: number
  /** Shuffle on or off from now on; left out, as it is. */
  shuffle?: boolean
  more?: More | null
  /** Out of what they are played. */
  source?: PlaySource
  /** The moment of the first track to begin at; left out, where one left it, if it is long. */
  startMs?: number
}

/** Play tracks in place of what is in the queue. */
export function playTracks(tracks: readonly Track[], options: PlayOptions = {}): void {
  const { at, shuffle, more = null, source, startMs } = options
  if (tracks.length === 0) return
  if (shuffle !== undefined) usePlayerSettings.setState({ shuffle })
  const mixed = usePlayerSettings.getState().shuffle
  const first = at ?? (mixed ? Math.floor(Math.random() * tracks.length) : 0)
  const queue = queues.queueOf(tracks, first, source)
  usePlayer.setState({ queue: mixed ? queues.shuffled(queue) : queue, more })
  failures = 0
  void startPresent(startMs)
}

export function playNext(tracks: readonly Track[]): void {
  const { queue } = usePlayer.getState()
  setQueue(queues.withNext(queue, tracks, FROM_QUEUE))
  toast(wordsNow().player.willPlayNext)
}

export function addToQueue(tracks: readonly Track[]): void {
  setQueue(queues.withLast(usePlayer.getState().queue, tracks, FROM_QUEUE))
  toast(wordsNow().player.added)
}

/** Play an item that is in the queue. */
export function jumpTo(key: string): void {
  const { queue } = usePlayer.getState()
  const at = queue.items.findIndex((item) => item.key === key)
  if (at < 0) return
  setQueue({ ...queue, at })
  failures = 0
  void startPresent()
}

export function removeFromQueue(key: string): void {
  const { queue, playing } = usePlayer.getState()
  const wasPresent = queues.present(queue)?.key === key
  setQueue(queues.without(queue, key))
  if (!wasPresent) return
  engine.stop()
  if (playing) void startPresent()
}

export function moveInQueue(key: string, to: number): void {
  setQueue(queues.moved(usePlayer.getState().queue, key, to))
}

/** Take out all but what plays. */
export function clearQueue(): void {
  const { queue, playing } = usePlayer.getState()
  if (!playing) engine.stop()
  usePlayer.setState({ queue: playing ? queues.onlyPresent(queue) : queues.EMPTY, more: null })
}

export function togglePlay(): void {
  const { playing, queue } = usePlayer.getState()
  const item = queues.present(queue)
  if (!item) return
  if (playing) engine.pause()
  else if (engine.current?.key === item.key) void engine.resume()
  else void startPresent(useProgress.getState().positionMs)
}

export function next(): void {
  failures = 0
  step(1)
}

/** Back to the beginning of the track, or to the one before when it has only begun. */
export function previous(): void {
  const { queue } = usePlayer.getState()
  const early = useProgress.getState().positionMs < RESTART_AFTER_MS
  const before = queues.neighbour(queue, -1, usePlayerSettings.getState().repeat)
  if (early && before !== null) step(-1)
  else seekTo(0)
}

export function seekTo(ms: number): void {
  const item = queues.present(usePlayer.getState().queue)
  if (!item) return
  if (engine.current?.key === item.key) engine.seek(ms)
  else useProgress.setState({ positionMs: Math.max(0, Math.min(ms, item.track.duration_ms)), bufferedMs: 0 })
}

export function setVolume(volume: number): void {
  usePlayerSettings.setState({ volume: Math.max(0, Math.min(1, volume)), muted: false })
}

export function toggleMute(): void {
  usePlayerSettings.setState(({ muted }) => ({ muted: !muted }))
}

export function toggleShuffle(): void {
  const shuffle = !usePlayerSettings.getState().shuffle
  const { queue } = usePlayer.getState()
  usePlayerSettings.setState({ shuffle })
  setQueue(shuffle ? queues.shuffled(queue) : queues.unshuffled(queue))
}

/** What comes after each way to repeat. */
export const REPEATS: Record<queues.Repeat, queues.Repeat> = { off: "all", all: "one", one: "off" }

export function cycleRepeat(): void {
  usePlayerSettings.setState(({ repeat }) => ({ repeat: REPEATS[repeat] }))
}

/** A track was corrected or deleted (null): show it so in the queue. */
export function trackChangedInQueue(id: string, track: Track | null): void {
  const { queue } = usePlayer.getState()
  if (track) {
    const items = queue.items.map((item) => (item.track.id === id ? { ...item, track } : item))
    setQueue({ ...queue, items })
    return
  }
  for (const item of queue.items) if (item.track.id === id) removeFromQueue(item.key)
}

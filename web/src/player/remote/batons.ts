import type { Baton, Playing } from "@/player/engine/baton"
import { REPEATS } from "@/player/engine/local"
import type { QueueItem } from "@/player/engine/queue"
import { usePlayer, usePlayerSettings } from "@/player/engine/store"
import { remember } from "@/player/remote/items"
import { command, order } from "@/player/remote/line"
import type { Device } from "@/player/remote/protocol"
import { soundingElsewhere, useRemote } from "@/player/remote/store"
import type { Track } from "@/shared/api/types"
import { toast, toastProblem } from "@/shared/ui/toasts"
import { wordsNow } from "@/shared/words/words"

/** What is seen to in this page even though others decide. */
interface Here {
  ended: (item: QueueItem) => void
  unplayable: (item: QueueItem) => void
  /** Sound again if this page alone was silent; answers whether it was. */
  resumeHere: () => boolean
  /** Answers whether this page has a volume of its own now. */
  setVolume: (volume: number) => boolean
  toggleMute: () => boolean
}

const MOST = 500

/** The part of a list around a place that is not too long to be sent. */
function around(tracks: readonly Track[], at: number): { part: readonly Track[]; index: number } {
  const from = Math.max(0, Math.min(at - 50, tracks.length - MOST))
  return { part: tracks.slice(from, from + MOST), index: at - from }
}

function idsOf(tracks: readonly Track[]): string[] {
  remember(tracks)
  return tracks.map(({ id }) => id)
}

async function load(tracks: readonly Track[], { at, shuffle, startMs }: Playing): Promise<void> {
  const { part, index } = around(tracks, at)
  const { session } = useRemote.getState()
  await command({ kind: "load", track_ids: idsOf(part), index, position_ms: startMs, playing: true })
  if (session?.shuffle !== shuffle) await command({ kind: "set_shuffle", shuffle })
}

function append(tracks: readonly Track[], index: number | undefined, said: string): void {
  const ids = idsOf(tracks.slice(0, MOST))
  command({ kind: "append", track_ids: ids, ...(index === undefined ? {} : { index }) })
    .then(() => {
      toast(said)
    })
    .catch(toastProblem)
}

function mutedElsewhere(): boolean {
  const [device] = soundingElsewhere(useRemote.getState())
  return device?.muted ?? false
}

const WISH_MS = 800
/** How loud somebody wants it elsewhere; for a moment, what is heard from there is older than that. */
let wish: { loud: { volume?: number; muted?: boolean }; until: number } = { loud: {}, until: 0 }

/** Devices as the server tells them, those that sound elsewhere as loud as somebody has just wished. */
export function asWished(devices: readonly Device[]): readonly Device[] {
  if (performance.now() > wish.until) return devices
  const { deviceId } = useRemote.getState()
  const sounding = new Set(soundingElsewhere({ devices, deviceId }).map(({ id }) => id))
  return devices.map((one) => (sounding.has(one.id) ? { ...one, ...wish.loud } : one))
}

/** Show at once how loud it will be elsewhere, so that one press can follow another. */
function showVolume(loud: { volume?: number; muted?: boolean }): void {
  const before = performance.now() > wish.until ? {} : wish.loud
  wish = { loud: { ...before, ...loud }, until: performance.now() + WISH_MS }
  useRemote.setState(({ devices }) => ({ devices: asWished(devices) }))
}

/** Tells the session what is pressed here. */
export function awayBaton(here: Here): Baton {
  return {
    playTracks: (tracks, playing) => {
      load(tracks, playing).catch(toastProblem)
    },
    playNext: (tracks) => {
      append(tracks, (useRemote.getState().session?.index ?? -1) + 1, wordsNow().player.willPlayNext)
    },
    addToQueue: (tracks) => {
      append(tracks, undefined, wordsNow().player.added)
    },
    jumpTo: (key) => {
      order({ kind: "jump", entry_id: key })
    },
    removeFromQueue: (key) => {
      order({ kind: "remove", entry_ids: [key] })
    },
    moveInQueue: (key, to) => {
      order({ kind: "move", entry_id: key, index: to })
    },
    clearQueue: () => {
      const { session, queue } = useRemote.getState()
      const others = queue.entries.filter(({ id }) => id !== session?.entry_id || !session.playing)
      if (others.length > 0) order({ kind: "remove", entry_ids: others.map(({ id }) => id) })
    },
    togglePlay: () => {
      if (here.resumeHere()) return
      order({ kind: useRemote.getState().session?.playing ? "pause" : "play" })
    },
    next: () => {
      order({ kind: "next" })
    },
    previous: () => {
      order({ kind: "previous" })
    },
    seekTo: (ms) => {
      order({ kind: "seek", position_ms: Math.max(0, Math.round(ms)) })
    },
    setVolume: (volume) => {
      const wanted = Math.max(0, Math.min(1, volume))
      if (here.setVolume(wanted)) return
      showVolume({ volume: wanted })
      order({ kind: "set_volume", volume: wanted })
    },
    toggleMute: () => {
      if (here.toggleMute()) return
      const muted = !mutedElsewhere()
      showVolume({ muted })
      order({ kind: "set_muted", muted })
    },
    toggleShuffle: () => {
      order({ kind: "set_shuffle", shuffle: !usePlayerSettings.getState().shuffle })
    },
    cycleRepeat: () => {
      order({ kind: "set_repeat", repeat: REPEATS[usePlayerSettings.getState().repeat] })
    },
    ended: here.ended,
    unplayable: here.unplayable,
    upcoming: () => {
      const { session } = useRemote.getState()
      const { items, at } = usePlayer.getState().queue
      const following = items[at + 1]
      const next = session?.next_track_id ?? ""
      if (following?.track.id === next) return following
      return items.find(({ track }) => track.id === next) ?? null
    },
  }
}

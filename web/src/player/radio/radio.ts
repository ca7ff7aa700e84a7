import { create } from "zustand"

import { togglePlay } from "@/player/engine/controls"
import { elementVolume } from "@/player/engine/loudness"
import { usePlayer, usePlayerSettings } from "@/player/engine/store"
import type { Station } from "@/shared/api/stations"
import { toast } from "@/shared/ui/toasts"
import { wordsNow } from "@/shared/words/words"

interface RadioState {
  /** The station that is on. */
  station: Station | null
  /** Its sound is still on its way. */
  tuning: boolean
}

/** What the radio plays. Changed only here. */
export const useRadio = create<RadioState>()(() => ({ station: null, tuning: false }))

let audio: HTMLAudioElement | null = null
let stops: (() => void)[] = []

function applyVolume(): void {
  const { volume, muted } = usePlayerSettings.getState()
  if (audio) audio.volume = muted ? 0 : elementVolume(volume, 1)
}

/** Silence. */
export function stopRadio(): void {
  for (const stop of stops) stop()
  stops = []
  audio?.pause()
  // Without an address the browser lets the stream go.
  audio?.removeAttribute("src")
  audio?.load()
  audio = null
  useRadio.setState({ station: null, tuning: false })
}

function fail(station: Station): void {
  if (useRadio.getState().station?.id !== station.id) return
  stopRadio()
  toast(wordsNow().radio.failed(station.name), "problem")
}

/** Tune in to a station; what else plays here falls silent. */
export function playStation(station: Station): void {
  stopRadio()
  if (usePlayer.getState().playing) togglePlay()
  const sound = new Audio()
  audio = sound
  useRadio.setState({ station, tuning: true })
  sound.addEventListener("playing", () => {
    if (sound === audio) useRadio.setState({ tuning: false })
  })
  sound.addEventListener("waiting", () => {
    if (sound === audio) useRadio.setState({ tuning: true })
  })
  sound.addEventListener("error", () => {
    if (sound === audio) fail(station)
  })
  stops = [
    usePlayer.subscribe((now, before) => {
      if (now.playing && !before.playing) stopRadio()
    }),
    usePlayerSettings.subscribe(applyVolume),
  ]
  applyVolume()
  sound.src = station.stream_url
  sound.play().catch((error: unknown) => {
    const aborted = error instanceof DOMException && error.name === "AbortError"
    if (sound === audio && !aborted) fail(station)
  })
}

import { useEffect } from "react"

import { SEARCH_ID } from "@/app/shell/SearchField"
import * as controls from "@/player/engine/controls"
import { usePlayer, usePlayerSettings, usePlayerView } from "@/player/engine/store"
import { openDialog } from "@/shared/ui/dialogs"

const SEEK_MS = 5_000
const LOUDER = 0.05
const CONTENT_ID = "content"
const PAGE = 0.9

function volumeBy(step: number): void {
  controls.setVolume(usePlayerSettings.getState().volume + step)
}

function togglePanel(wanted: "queue" | "lyrics"): void {
  usePlayerView.setState(({ panel }) => ({ panel: panel === wanted ? null : wanted }))
}

const SHORTCUTS: Record<string, () => void> = {
  " ": controls.togglePlay,
  ArrowRight: () => {
    controls.seekBy(SEEK_MS)
  },
  ArrowLeft: () => {
    controls.seekBy(-SEEK_MS)
  },
  ArrowUp: () => {
    volumeBy(LOUDER)
  },
  ArrowDown: () => {
    volumeBy(-LOUDER)
  },
  n: controls.next,
  p: controls.previous,
  m: controls.toggleMute,
  s: controls.toggleShuffle,
  r: controls.cycleRepeat,
  q: () => {
    togglePanel("queue")
  },
  l: () => {
    togglePanel("lyrics")
  },
  "/": () => {
    document.getElementById(SEARCH_ID)?.focus()
  },
  "?": () => {
    openDialog({ kind: "shortcuts" })
  },
}

/** The keys that scroll, for when nothing has the focus; the browser sees to them in whatever has. */
const SCROLLS: Record<string, (content: HTMLElement) => number> = {
  PageDown: ({ scrollTop, clientHeight }) => scrollTop + clientHeight * PAGE,
  PageUp: ({ scrollTop, clientHeight }) => scrollTop - clientHeight * PAGE,
  Home: () => 0,
  End: ({ scrollHeight }) => scrollHeight,
}

function scroll(event: KeyboardEvent): boolean {
  const content = document.getElementById(CONTENT_ID)
  const target = event.target === document.body && SCROLLS[event.key]
  if (!content || !target) return false
  content.scrollTo({ top: target(content) })
  return true
}

const OWN_KEYS =
  "input, textarea, select, [contenteditable], [role=slider], [role=menu], [role=region], dialog"
const OWN_SPACE = "button, a, summary, label"

/** Whether the element in focus has its own use for a key. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof Element)) return false
  if (target.closest(OWN_KEYS)) return true
  // With nothing to steer, the arrows scroll.
  if (event.key.startsWith("Arrow") && usePlayer.getState().queue.at < 0) return true
  return event.key === " " && target.closest(OWN_SPACE) !== null
}

/** The keys that steer the player from anywhere. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTaken(event)) return
      if (scroll(event)) {
        event.preventDefault()
        return
      }
      const shortcut = SHORTCUTS[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      if (!shortcut) return
      event.preventDefault()
      shortcut()
    }
    document.addEventListener("keydown", onKeyDown)
    return () => {
      document.removeEventListener("keydown", onKeyDown)
    }
  }, [])
}

import { engine, startPresent, toggleShuffle } from "@/player/engine/local"
import { present } from "@/player/engine/queue"
import { usePlayer, usePlayerSettings } from "@/player/engine/store"
import { serverUs } from "@/player/remote/line"
import { positionOf, type SessionState } from "@/player/remote/protocol"
import { FAR_MS } from "@/player/remote/telling"

/** Whether somebody sought: the session is not where its own time led, and we are not there. */
function leapt(session: SessionState, before: SessionState | null): boolean {
  if (before?.entry_id !== session.entry_id) return false
  const expected = positionOf(before, serverUs())
  const now = positionOf(session, serverUs())
  return Math.abs(now - expected) > FAR_MS && Math.abs(now - engine.positionMs) > FAR_MS
}

function setPlaying(wanted: boolean, at: number): void {
  if (!wanted) engine.pause()
  else if (engine.current?.key === present(usePlayer.getState().queue)?.key) void engine.resume()
  else void startPresent(at)
}

function goTo(key: string, session: SessionState): void {
  const { queue } = usePlayer.getState()
  const at = queue.items.findIndex((item) => item.key === key)
  usePlayer.setState({ queue: { ...queue, at } })
  if (session.playing) void startPresent(positionOf(session, serverUs()))
  else engine.stop()
}

/** Do what others told the session; `key` is the place in this page's queue where it is, `before` what it was. */
export function obey(session: SessionState, key: string | undefined, before: SessionState | null): void {
  const { queue, playing } = usePlayer.getState()
  const { repeat, shuffle } = usePlayerSettings.getState()
  engine.setRate(session.rate)
  if (session.repeat !== repeat) usePlayerSettings.setState({ repeat: session.repeat })
  if (session.shuffle !== shuffle) toggleShuffle()
  if (session.entry_id === "") {
    engine.stop()
    return
  }
  if (key !== undefined && present(queue)?.key !== key) {
    goTo(key, session)
    return
  }
  const at = positionOf(session, serverUs())
  if (leapt(session, before)) engine.seek(at)
  if (session.playing !== playing) setPlaying(session.playing, at)
}

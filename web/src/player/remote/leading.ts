import { engine, startPresent } from "@/player/engine/local"
import { present } from "@/player/engine/queue"
import { usePlayer, usePlayerSettings, useProgress } from "@/player/engine/store"
import { itemsOfSession, remember } from "@/player/remote/items"
import { command, line, serverUs, soundsHere } from "@/player/remote/line"
import { obey } from "@/player/remote/obeying"
import { positionOf, type Command, type SessionState } from "@/player/remote/protocol"
import { useRemote, useRole } from "@/player/remote/store"
import {
  FAR_MS,
  isTold,
  keysOf,
  loadOf,
  mannersOf,
  partOf,
  stepsOf,
  type Local,
  type Told,
} from "@/player/remote/telling"

const SETTLE_MS = 150

/**
 * While this page alone sounds, its own queue counts: what is done here is told to the session, and what others
 * command is done here.
 */
export class Leading {
  private told: Told | null = null
  private pending = 0
  private timer: ReturnType<typeof setTimeout> | null = null
  private last: SessionState | null = null
  private stops: (() => void)[] = []
  private soughtTo: number | null = null
  /** What changes here just now was commanded from elsewhere, and is known there. */
  private obeying = false

  open(): void {
    this.stops = [
      usePlayer.subscribe((now, before) => {
        if (now.queue !== before.queue || now.playing !== before.playing) this.later()
      }),
      usePlayerSettings.subscribe((now, before) => {
        if (now.repeat !== before.repeat || now.shuffle !== before.shuffle) this.later()
      }),
      useProgress.subscribe(({ positionMs }, before) => {
        // Larger than any step that time itself makes.
        if (this.obeying || Math.abs(positionMs - before.positionMs) <= FAR_MS) return
        this.soughtTo = positionMs
        this.later()
      }),
    ]
  }

  close(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    for (const stop of this.stops) stop()
  }

  /** The line is new: what was told counts no more. */
  forget(): void {
    this.told = null
    this.last = null
    this.pending = 0
  }

  /** The session changed: do what others want, unless it is what we told ourselves. */
  heard(): void {
    if (this.pending === 0 && this.timer === null && useRole.getState().role === "leading") void this.obey()
  }

  /** Tell all of it now, also while it is silent here. */
  async claim(): Promise<void> {
    if (usePlayer.getState().queue.items.length > 0) await this.load(this.local(), soundsHere())
    this.last = useRemote.getState().session
  }

  /** What sounds here goes on as it was when others decided: each place in the queue is named like its entry. */
  goOn(): void {
    const keys = keysOf(usePlayer.getState().queue)
    this.told = { keys, entries: keys }
    this.last = useRemote.getState().session
  }

  /** The entry of the session that the present item is; empty: none. */
  get entryId(): string {
    const key = present(usePlayer.getState().queue)?.key ?? ""
    return this.told?.entries[this.told.keys.indexOf(key)] ?? ""
  }

  /** Take over what a session plays, as when the music is moved to this page. */
  async adopt(): Promise<void> {
    const { session, queue } = useRemote.getState()
    if (!session) return
    const items = await itemsOfSession(queue, session.session_id)
    const now = useRemote.getState().session ?? session
    this.quietly(() => {
      usePlayer.setState({ queue: { items, at: now.index, unshuffled: null }, more: null })
      usePlayerSettings.setState({ repeat: now.repeat, shuffle: now.shuffle })
      this.goOn()
      const at = positionOf(now, serverUs())
      if (now.playing) {
        void startPresent(at)
        return
      }
      engine.stop()
      useProgress.setState({ positionMs: at, bufferedMs: 0 })
    })
  }

  /** Change something here that need not be told. */
  private quietly(change: () => void): void {
    this.obeying = true
    try {
      change()
    } finally {
      this.obeying = false
    }
  }

  /** Something changed here: tell it when it has settled. */
  private later(): void {
    if (this.obeying) return
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.timer = null
      void this.tell()
    }, SETTLE_MS)
  }

  private local(): Local {
    const { queue, playing } = usePlayer.getState()
    const { repeat, shuffle } = usePlayerSettings.getState()
    const { positionMs } = useProgress.getState()
    return { queue, playing, repeat, shuffle, positionMs, soughtTo: this.soughtTo }
  }

  private async ask(commands: readonly Command[]): Promise<void> {
    this.pending += 1
    try {
      for (const one of commands) await command(one)
    } catch {
      // The session stays as it is; the next change tells all of it anew.
      this.told = null
    } finally {
      this.pending -= 1
    }
  }

  /** Whether what this page does is the session's business. */
  private get counts(): boolean {
    const open = line()?.open ?? false
    return open && useRole.getState().role === "leading" && (usePlayer.getState().playing || soundsHere())
  }

  /** Tell the session what this page plays. */
  private async tell(): Promise<void> {
    const { session } = useRemote.getState()
    if (!session || !this.counts) return
    if (this.pending > 0) {
      this.later()
      return
    }
    const local = this.local()
    this.soughtTo = null
    await this.tellQueue(session, local)
    await this.ask(mannersOf(useRemote.getState().session ?? session, local))
    this.last = useRemote.getState().session
    // Others may have commanded something meanwhile.
    if (this.told)
      setTimeout(() => {
        this.heard()
      }, SETTLE_MS)
  }

  private async tellQueue(session: SessionState, local: Local): Promise<void> {
    if (local.queue.items.length === 0) {
      if (session.entry_id !== "") await this.ask([{ kind: "stop" }])
    } else if (soundsHere() && isTold(this.told, partOf(local.queue, this.told))) {
      await this.ask(stepsOf(this.entryId, session, local))
    } else {
      await this.load(local, soundsHere())
    }
  }

  private async load(local: Local, here: boolean): Promise<void> {
    const part = partOf(local.queue, this.told)
    const tracks = part.items.map(({ track }) => track)
    const { deviceId } = useRemote.getState()
    remember(tracks)
    this.told = null
    const claim: Command[] = here ? [] : [{ kind: "transfer", device_ids: [deviceId] }]
    await this.ask([...claim, loadOf(part, local)])
    const { entries } = useRemote.getState().queue
    const same = entries.map(({ track_id: id }) => id).join() === tracks.map(({ id }) => id).join()
    if (same) this.told = { keys: keysOf(part), entries: entries.map(({ id }) => id) }
  }

  /** Do what somebody else told the session to do. */
  private async obey(): Promise<void> {
    const { session, queue, deviceId } = useRemote.getState()
    if (!session) return
    const { last, told } = this
    this.last = session
    if (!soundsHere()) {
      // It was moved away, to a device that is not there just now.
      if (last?.sounding_device_ids.includes(deviceId)) {
        this.quietly(() => {
          engine.pause()
        })
      }
      return
    }
    if (told?.entries.join() !== queue.entries.map(({ id }) => id).join()) {
      if (session.playing || told) await this.adopt()
      return
    }
    this.quietly(() => {
      obey(session, told.keys[session.index], last)
    })
  }
}

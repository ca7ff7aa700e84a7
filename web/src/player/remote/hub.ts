import { engine } from "@/player/engine/local"
import { present, type Queue } from "@/player/engine/queue"
import { usePlayer, usePlayerSettings, useProgress, type More } from "@/player/engine/store"
import { asWished } from "@/player/remote/batons"
import { Connection, type Joining } from "@/player/remote/connection"
import { Following } from "@/player/remote/following"
import { identityOf, type Identity } from "@/player/remote/identity"
import { remember } from "@/player/remote/items"
import { Leading } from "@/player/remote/leading"
import { command, serverUs, setLine, soundsHere } from "@/player/remote/line"
import type { Joined, ServerMessage, SessionState } from "@/player/remote/protocol"
import { Reporting } from "@/player/remote/reporting"
import { roleOf, useRemote, useRole } from "@/player/remote/store"
import { api, take } from "@/shared/api/client"
import { asProblem } from "@/shared/api/problem"
import { clientName } from "@/shared/format/clientName"
import { keepFresh } from "@/shared/session/session"
import { toast, toastProblem } from "@/shared/ui/toasts"
import { wordsNow } from "@/shared/words/words"

const LOOK_EVERY_MS = 5_000

/** One's own queue, put aside while one is at somebody's party. */
interface Aside {
  queue: Queue
  more: More | null
  positionMs: number
}

/** Ties this page to the person's other devices for as long as it is open. */
class Hub {
  readonly leading = new Leading()
  private readonly following = new Following()
  private readonly reporting = new Reporting(() =>
    useRole.getState().role === "leading"
      ? this.leading.entryId
      : (present(usePlayer.getState().queue)?.key ?? ""),
  )
  private readonly connection: Connection
  private readonly userId: string
  private identity: Identity | null = null
  private readonly timer: ReturnType<typeof setInterval>
  private fresh = true
  private claiming = false
  private aside: Aside | null = null
  private closed = false

  constructor(userId: string) {
    this.userId = userId
    this.connection = new Connection({
      prepare: () => this.prepare(),
      onJoined: (joined) => {
        this.joined(joined)
      },
      onMessage: (message) => {
        this.hear(message)
      },
      onLost: () => {
        useRemote.setState({ joined: false })
        this.settle()
      },
      onTaken: () => {
        this.identity?.keep("")
      },
      onPutOut: () => {
        toast(wordsNow().remote.putOut)
        this.backHome()
      },
    })
    setLine(this.connection)
    this.leading.open()
    this.reporting.open()
    this.timer = setInterval(() => {
      this.settle()
    }, LOOK_EVERY_MS)
    void this.connection.connect()
  }

  close(): void {
    this.closed = true
    clearInterval(this.timer)
    this.connection.close()
    setLine(null)
    useRemote.setState({ ...useRemote.getInitialState() })
    this.settle()
    this.leading.close()
    this.reporting.close()
    this.identity?.leave()
  }

  /** Let the music come from these devices. */
  async transfer(deviceIds: string[]): Promise<void> {
    const { deviceId } = useRemote.getState()
    const here = deviceIds.includes(deviceId)
    if (!here && useRole.getState().role === "leading") await this.leading.claim()
    useRemote.setState({ chosen: !here })
    await command({ kind: "transfer", device_ids: deviceIds })
  }

  /** Take part in somebody's session; empty: come home. */
  async visit(sessionId: string): Promise<void> {
    if (sessionId === useRemote.getState().partyId) return
    if (sessionId === "") {
      this.backHome()
    } else {
      const { queue, more } = usePlayer.getState()
      this.aside ??= { queue, more, positionMs: useProgress.getState().positionMs }
      engine.stop()
      useRemote.setState({ partyId: sessionId, joined: false, session: null })
    }
    await this.connection.connect()
  }

  private backHome(): void {
    useRemote.setState({ partyId: "", joined: false, session: null })
    this.settle()
    if (!this.aside) return
    const { queue, more, positionMs } = this.aside
    this.aside = null
    engine.stop()
    usePlayer.setState({ queue, more })
    useProgress.setState({ positionMs, bufferedMs: 0 })
  }

  private async prepare(): Promise<Joining> {
    this.identity ??= await identityOf(this.userId)
    if (this.closed) this.identity.leave()
    await keepFresh()
    const { partyId } = useRemote.getState()
    // Asked first, for what a browser cannot reach by a socket it tells as an error of the page.
    const params = { query: partyId ? { session_id: partyId } : {} }
    const known = await take(api.GET("/api/v1/playback/session", { params })).catch((error: unknown) => {
      if (partyId && asProblem(error).status === 404) {
        toast(wordsNow().remote.putOut)
        this.backHome()
      }
      throw error
    })
    remember(known.queue.entries.flatMap(({ track }) => track ?? []))
    this.connection.clock.guess(known.now_us)
    const name = usePlayerSettings.getState().deviceName.trim() || clientName(navigator.userAgent)
    return { device_id: this.identity.id, name, session_id: partyId }
  }

  private joined({ device_id: deviceId, state, queue, devices }: Joined): void {
    this.identity?.keep(deviceId)
    this.leading.forget()
    useRemote.setState({ joined: true, deviceId, session: state, queue, devices })
    this.reporting.later()
    const { playing } = usePlayer.getState()
    const alone = useRemote.getState().partyId === "" && useRole.getState().role === "leading"
    if (alone && playing) {
      // What sounds here began while nobody could be told.
      this.claiming = true
      void this.leading.claim().finally(() => {
        this.claiming = false
        this.settle()
      })
    } else if (alone && this.fresh && soundsHere() && state.playing) {
      // This page was loaded anew, which silences it.
      command({ kind: "pause" }).catch(() => null)
    }
    this.fresh = false
    this.settle()
  }

  private hear(message: ServerMessage): void {
    switch (message.kind) {
      case "state":
        this.hearState(message)
        break
      case "queue":
        useRemote.setState({ queue: { entries: message.entries, version: message.version } })
        break
      case "devices":
        useRemote.setState({ devices: asWished(message.devices) })
        this.reporting.heardDevices()
        break
    }
    this.settle()
    if (useRole.getState().role === "leading") this.leading.heard()
    else this.following.heard()
  }

  private hearState(session: SessionState): void {
    if (session.track) remember([session.track])
    useRemote.setState({ session })
  }

  /** Be what the page is to be now. */
  private settle(): void {
    const { role: before } = useRole.getState()
    const role = this.claiming ? "leading" : roleOf(useRemote.getState(), serverUs())
    if (role === before) return
    useRole.setState({ role })
    if (role !== "leading") {
      this.following.open()
      return
    }
    this.following.close()
    const { session, partyId } = useRemote.getState()
    if (!session || partyId || !soundsHere()) return
    if (engine.current?.key === session.entry_id) this.leading.goOn()
    else this.leading.adopt().catch(toastProblem)
  }
}

let hub: Hub | null = null

/** Join as a device; returns how to leave. */
export function openRemote(userId: string): () => void {
  const opened = new Hub(userId)
  hub = opened
  return () => {
    opened.close()
    if (hub === opened) hub = null
  }
}

/** Let the music come from these devices, at least one. */
export function transferTo(deviceIds: string[]): void {
  hub?.transfer(deviceIds).catch(toastProblem)
}

/** Take part in somebody's session. */
export function joinParty(sessionId: string): void {
  void hub?.visit(sessionId)
}

export function leaveParty(): void {
  void hub?.visit("")
}

import { pageUs, ServerClock } from "@/player/remote/clock"
import type { Joined, Report, Request, ServerMessage } from "@/player/remote/protocol"
import { ProblemError } from "@/shared/api/problem"

const FIRST_PINGS_MS = [0, 150, 350, 650, 1_100]
const PING_EVERY_MS = 15_000
const SHORTEST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000
/** The same device joined elsewhere. */
const TAKEN = 4409
/** The server stops: for a while it may answer requests, but takes no new sockets. */
const STOPPING = 1001
const FAILURES_WHEN_STOPPING = 2
/** No longer in this party. */
const PUT_OUT = 4410

/** Who joins, as told at the beginning. */
export interface Joining {
  device_id: string
  name: string
  /** Another person's session; empty: one's own. */
  session_id: string
}

interface ConnectionEvents {
  /** Called before each try: who joins now. Throws when the server is not there. */
  prepare: () => Promise<Joining>
  onJoined: (joined: Joined) => void
  onMessage: (message: ServerMessage) => void
  onLost: () => void
  onTaken: () => void
  onPutOut: () => void
}

interface Waiting {
  done: () => void
  refused: (error: ProblemError) => void
}

/** The line to the server, which is made anew whenever it breaks. */
export class Connection {
  readonly clock = new ServerClock()
  private readonly events: ConnectionEvents
  private socket: WebSocket | null = null
  private joined: Joined | null = null
  private lastEvent = 0
  private failures = 0
  private requests = 0
  private closed = false
  private readonly waiting = new Map<number, Waiting>()
  private timers: ReturnType<typeof setTimeout>[] = []

  constructor(events: ConnectionEvents) {
    this.events = events
  }

  /** Whether the device is in. */
  get open(): boolean {
    return this.joined !== null && this.socket?.readyState === WebSocket.OPEN
  }

  /** Begin, or begin anew as somebody else or elsewhere. */
  async connect(): Promise<void> {
    this.drop()
    try {
      const joining = await this.events.prepare()
      if (!this.closed) this.dial(joining)
    } catch {
      this.later()
    }
  }

  close(): void {
    this.closed = true
    this.drop()
  }

  /** Tell something that needs no answer. */
  report(report: Report): void {
    if (this.open) this.send({ kind: "report", ...report })
  }

  /** Ask for something; throws ProblemError when it is refused or nobody is there. */
  request(request: Request): Promise<void> {
    if (!this.open) return Promise.reject(ProblemError.offline())
    const id = ++this.requests
    return new Promise((done, refused) => {
      this.waiting.set(id, { done, refused })
      this.send({ request_id: id, ...request })
    })
  }

  private send(message: object): void {
    this.socket?.send(JSON.stringify(message))
  }

  private dial(joining: Joining): void {
    const url = new URL("/api/v1/playback/connect", location.href)
    url.protocol = location.protocol === "https:" ? "wss:" : "ws:"
    const socket = new WebSocket(url)
    this.socket = socket
    const resumes = this.joined?.device_id === joining.device_id
    socket.onopen = () => {
      this.send({
        request_id: 0,
        kind: "join",
        type: "web",
        media_types: [],
        plays: true,
        has_volume: true,
        ...joining,
        resume_token: resumes ? this.joined?.resume_token : "",
        last_event_id: resumes ? this.lastEvent : 0,
      })
    }
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      if (socket === this.socket) this.hear(JSON.parse(data) as ServerMessage)
    }
    socket.onclose = ({ code }) => {
      if (socket === this.socket) this.lost(code)
    }
  }

  private hear(message: ServerMessage): void {
    if ("event_id" in message && message.event_id > 0) this.lastEvent = message.event_id
    switch (message.kind) {
      case "joined":
        this.joined = message
        this.failures = 0
        this.keepTime()
        this.events.onJoined(message)
        return
      case "pong":
        this.clock.take(message, pageUs())
        return
      case "done":
        this.waiting.get(message.request_id)?.done()
        this.waiting.delete(message.request_id)
        return
      case "refused":
        this.waiting
          .get(message.request_id)
          ?.refused(new ProblemError(409, { code: message.code, detail: message.message }))
        this.waiting.delete(message.request_id)
        return
      default:
        this.events.onMessage(message)
    }
  }

  private keepTime(): void {
    const ping = () => {
      const { offsetUs, roundTripUs } = this.clock
      const known = { offset_us: offsetUs, round_trip_us: roundTripUs }
      if (this.open) this.send({ kind: "ping", client_time_us: pageUs(), ...known })
    }
    const often = () => {
      ping()
      this.timers.push(setTimeout(often, PING_EVERY_MS))
    }
    for (const wait of FIRST_PINGS_MS) this.timers.push(setTimeout(ping, wait))
    this.timers.push(setTimeout(often, PING_EVERY_MS))
  }

  private lost(code: number): void {
    this.drop()
    this.events.onLost()
    if (code === STOPPING) this.failures = Math.max(this.failures, FAILURES_WHEN_STOPPING)
    if (code === TAKEN) {
      this.joined = null
      this.events.onTaken()
    }
    if (code === PUT_OUT) {
      this.joined = null
      this.events.onPutOut()
    }
    this.later()
  }

  /** Try again after a while, longer each time, and not all pages at once. */
  private later(): void {
    if (this.closed) return
    const wait = Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** this.failures++)
    this.timers.push(setTimeout(() => void this.connect(), wait * (0.5 + Math.random() / 2)))
  }

  private drop(): void {
    for (const timer of this.timers) clearTimeout(timer)
    this.timers = []
    const { socket } = this
    this.socket = null
    socket?.close()
    for (const { refused } of this.waiting.values()) refused(ProblemError.offline())
    this.waiting.clear()
  }
}

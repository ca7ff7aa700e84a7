import { usePlayerSettings } from "@/player/engine/store"
import type { QueueItem } from "@/player/engine/queue"
import { api, take } from "@/shared/api/client"
import { clientName } from "@/shared/format/clientName"
import { csrfToken } from "@/shared/session/session"

const REPORT_EVERY_MS = 15_000
/** A larger step between two looks is a jump, not listening. */
const LONGEST_STEP_MS = 3_000
const CLIENT = "Sarau web"

/** What this page is called among the person's devices. */
function deviceNow(): string {
  return usePlayerSettings.getState().deviceName.trim() || clientName(navigator.userAgent)
}

type State = "playing" | "paused"

/** Tells the server how one play goes: at its start, every fifteen seconds heard, when it is held, and at its end. */
export class Listening {
  private readonly id: Promise<string | null>
  private known: string | null = null
  private heardMs = 0
  private reportedMs = 0
  private lastMs: number
  private over = false
  private held = false

  /** A track begins to sound at a moment. */
  constructor({ track, source }: Pick<QueueItem, "track" | "source">, positionMs: number) {
    this.lastMs = positionMs
    const from = source ? { source: source.kind, source_id: source.id ?? null } : {}
    const body = { track_id: track.id, client: CLIENT, device: deviceNow(), ...from }
    this.id = take(api.POST("/api/v1/plays", { body })).then(
      (play) => (this.known = play.id),
      // Playing goes on when it cannot be told.
      () => null,
    )
  }

  /** The sound is at a moment now. */
  at(positionMs: number): void {
    const step = positionMs - this.lastMs
    this.lastMs = positionMs
    if (this.over || step <= 0 || step > LONGEST_STEP_MS) return
    this.heardMs += step
    if (this.held || this.heardMs - this.reportedMs >= REPORT_EVERY_MS) this.report(false)
    this.held = false
  }

  /** It is silent for a while: the house need not see it as sounding. */
  hold(): void {
    if (this.over || this.held) return
    this.held = true
    this.report(false, "paused")
  }

  /** The track is over or was left. */
  finish(): void {
    if (!this.over) this.report(true)
    this.over = true
  }

  /** The page goes away: the last report, which the browser sends even so. */
  leave(): void {
    if (this.over || this.known === null) return
    void fetch(`/api/v1/plays/${this.known}`, {
      method: "PATCH",
      keepalive: true,
      headers: { "Content-Type": "application/json", "X-CSRF-Token": csrfToken() ?? "" },
      body: JSON.stringify(this.body(true)),
    }).catch(() => null)
  }

  private body(ended: boolean, state: State = "playing") {
    this.reportedMs = this.heardMs
    const body = { listened_ms: Math.round(this.heardMs), position_ms: Math.round(this.lastMs), ended }
    return state === "paused" ? { ...body, state } : body
  }

  private report(ended: boolean, state?: State): void {
    const body = this.body(ended, state)
    void this.id
      .then((id) => {
        if (id === null) return
        return take(api.PATCH("/api/v1/plays/{play_id}", { params: { path: { play_id: id } }, body }))
      })
      .catch(() => null)
  }
}

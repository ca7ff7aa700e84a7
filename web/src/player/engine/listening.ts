import { api, take } from "@/shared/api/client"
import { csrfToken } from "@/shared/session/session"

const REPORT_EVERY_MS = 15_000
/** A larger step between two looks is a jump, not listening. */
const LONGEST_STEP_MS = 3_000
const CLIENT = "Sarau web"

/** Tells the server how one play goes: at its start, every fifteen seconds heard, and at its end. */
export class Listening {
  private readonly id: Promise<string | null>
  private known: string | null = null
  private heardMs = 0
  private reportedMs = 0
  private lastMs: number
  private over = false

  /** A track begins to sound at a moment. */
  constructor(trackId: string, positionMs: number) {
    this.lastMs = positionMs
    this.id = take(api.POST("/api/v1/plays", { body: { track_id: trackId, client: CLIENT } })).then(
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
    if (this.heardMs - this.reportedMs >= REPORT_EVERY_MS) this.report(false)
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

  private body(ended: boolean) {
    this.reportedMs = this.heardMs
    return { listened_ms: Math.round(this.heardMs), position_ms: Math.round(this.lastMs), ended }
  }

  private report(ended: boolean): void {
    const body = this.body(ended)
    void this.id
      .then((id) => {
        if (id === null) return
        return take(api.PATCH("/api/v1/plays/{play_id}", { params: { path: { play_id: id } }, body }))
      })
      .catch(() => null)
  }
}

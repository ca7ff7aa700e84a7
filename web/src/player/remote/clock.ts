import type { Pong } from "@/player/remote/protocol"

interface Sample {
  offsetUs: number
  roundTripUs: number
}

const KEPT = 12

/** This page's clock, in microseconds since 1970; it never jumps while the page is open. */
export function pageUs(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 1000)
}

/** Estimates the server's clock: of the last pings, the one with the shortest round trip tells best (RFC 5905, 8). */
export class ServerClock {
  private samples: Sample[] = []

  /** Take the answer to a ping, which came at a moment of the page's clock. */
  take(pong: Pong, cameUs: number): void {
    const { client_time_us: sent, server_received_us: received, server_sent_us: answered } = pong
    const roundTripUs = cameUs - sent - (answered - received)
    if (roundTripUs < 0) return
    const offsetUs = (received - sent + (answered - cameUs)) / 2
    this.samples = [...this.samples, { offsetUs, roundTripUs }].slice(-KEPT)
  }

  /** A first guess, until pings were answered. */
  guess(serverUs: number): void {
    if (this.samples.length === 0) this.samples = [{ offsetUs: serverUs - pageUs(), roundTripUs: 1e9 }]
  }

  private get best(): Sample | null {
    const [first, ...others] = this.samples
    if (!first) return null
    return others.reduce((best, one) => (one.roundTripUs < best.roundTripUs ? one : best), first)
  }

  /** How far the server's clock is ahead of the page's; null while nobody knows. */
  get offsetUs(): number | null {
    return this.best === null ? null : Math.round(this.best.offsetUs)
  }

  get roundTripUs(): number | null {
    return this.best === null ? null : Math.round(this.best.roundTripUs)
  }

  /** The server's clock now. */
  nowUs(): number {
    return pageUs() + (this.offsetUs ?? 0)
  }
}

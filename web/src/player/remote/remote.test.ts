import { describe, expect, it } from "vitest"

import { pageUs, ServerClock } from "@/player/remote/clock"
import { correctionFor } from "@/player/remote/drift"
import { positionOf, type Device, type SessionState } from "@/player/remote/protocol"
import { roleOf } from "@/player/remote/store"
import { aTrack } from "@/shared/testing/things"

function aState(more: Partial<SessionState> = {}): SessionState {
  return {
    session_id: "s1",
    playing: true,
    position_ms: 10_000,
    at_us: 1_000_000_000,
    rate: 1,
    repeat: "off",
    shuffle: false,
    entry_id: "e1",
    index: 0,
    track: aTrack({ duration_ms: 60_000 }),
    sounding_device_ids: ["phone"],
    party: [],
    owner: "olga",
    next_track_id: "",
    ...more,
  }
}

function aDevice(id: string, more: Partial<Device> = {}): Device {
  return {
    id,
    name: id,
    type: "web",
    owner: "olga",
    online: true,
    plays: true,
    sounding: false,
    has_volume: true,
    volume: 1,
    muted: false,
    buffering: false,
    last_seen_ms: 0,
    round_trip_us: 0,
    problem: "",
    ...more,
  }
}

describe("the server's clock", () => {
  it("is told best by the shortest round trip, whatever the skew", () => {
    const clock = new ServerClock()
    const skewUs = -7_200_000_000
    const ping = (there: number, back: number) => {
      const sent = 5_000_000
      clock.take(
        {
          client_time_us: sent,
          server_received_us: sent + there + skewUs,
          server_sent_us: sent + there + skewUs + 100,
        },
        sent + there + 100 + back,
      )
    }
    expect(clock.offsetUs).toBeNull()
    ping(90_000, 10_000)
    ping(2_000, 3_000)
    ping(300_000, 20_000)
    expect(clock.roundTripUs).toBe(5_000)
    expect(Math.abs((clock.offsetUs ?? 0) - skewUs)).toBeLessThanOrEqual(500)
  })

  it("is guessed until a ping was answered", () => {
    const clock = new ServerClock()
    clock.guess(pageUs() + 3_000_000)
    expect(Math.abs((clock.offsetUs ?? 0) - 3_000_000)).toBeLessThan(50_000)
    clock.take({ client_time_us: 0, server_received_us: 500, server_sent_us: 500 }, 1_000)
    expect(clock.offsetUs).toBe(0)
  })
})

describe("the position of a session", () => {
  it("goes on with time and rate, not before its moment nor past the end", () => {
    const at = (us: number, more: Partial<SessionState> = {}) => positionOf(aState(more), 1_000_000_000 + us)
    expect(at(-400_000)).toBe(10_000)
    expect(at(2_000_000)).toBe(12_000)
    expect(at(2_000_000, { rate: 1.5 })).toBe(13_000)
    expect(at(2_000_000, { playing: false })).toBe(10_000)
    expect(at(900_000_000)).toBe(60_000)
  })
})

describe("a drift", () => {
  it("is made good by the rate while it is small, by a jump when it is not", () => {
    expect(correctionFor(3, 1, 9_999)).toEqual({ kind: "rate", rate: 1 })
    const ahead = correctionFor(60, 1, 9_999)
    expect(ahead.kind === "rate" && ahead.rate).toBeCloseTo(0.96)
    const behind = correctionFor(-2_000, 1, 500)
    expect(behind.kind === "rate" && behind.rate).toBeCloseTo(1.06)
    expect(correctionFor(-900, 1, 9_999)).toEqual({ kind: "seek" })
    expect(correctionFor(5_000, 1, 1_500)).toEqual({ kind: "seek" })
  })

  it("comes to rest", () => {
    for (const start of [-340, -100, 45, 340]) {
      let drift = start
      for (let step = 0; step < 60; step++) {
        const correction = correctionFor(drift, 1, 9_999)
        if (correction.kind === "rate") drift += (correction.rate - 1) * 250
      }
      expect(Math.abs(drift)).toBeLessThan(15)
    }
  })
})

describe("the role of a page", () => {
  const known = {
    joined: true,
    deviceId: "page",
    session: aState(),
    devices: [aDevice("page"), aDevice("phone", { sounding: true })],
    partyId: "",
    chosen: false,
  }
  const soon = 1_000_000_000 + 60_000_000
  const late = 1_000_000_000 + 3_600_000_000

  it("is to show what sounds elsewhere", () => {
    expect(roleOf(known, soon)).toBe("away")
    expect(roleOf({ ...known, joined: false }, soon)).toBe("leading")
  })

  it("is to lead when the others are gone, or have been silent for long", () => {
    const gone = [aDevice("page"), aDevice("phone", { sounding: true, online: false })]
    expect(roleOf({ ...known, devices: gone }, soon)).toBe("leading")
    const paused = { ...known, session: aState({ playing: false }) }
    expect([roleOf(paused, soon), roleOf(paused, late)]).toEqual(["away", "leading"])
    expect(roleOf({ ...paused, chosen: true }, late)).toBe("away")
  })

  it("is to play in time when it sounds with others, and always at a party", () => {
    const both = aState({ sounding_device_ids: ["page", "phone"] })
    expect(roleOf({ ...known, session: both }, soon)).toBe("together")
    const alone = aState({ sounding_device_ids: ["page"] })
    const devices = [aDevice("page", { sounding: true }), aDevice("phone")]
    expect(roleOf({ ...known, devices, session: alone }, soon)).toBe("leading")
    expect(roleOf({ ...known, devices, session: alone, partyId: "s1" }, soon)).toBe("together")
  })
})

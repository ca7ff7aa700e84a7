import type { Repeat } from "@/player/engine/queue"
import type { Track } from "@/shared/api/types"

/** Where a session is. */
export interface SessionState {
  session_id: string
  playing: boolean
  /** Of the track at `at_us`, which may lie a little ahead so that all can be ready. */
  position_ms: number
  at_us: number
  rate: number
  repeat: Repeat
  shuffle: boolean
  /** Empty: none. */
  entry_id: string
  index: number
  track: Track | null
  sounding_device_ids: string[]
  /** Who takes part beside its owner. */
  party: string[]
  owner: string
  next_track_id: string
}

export interface Device {
  id: string
  name: string
  type: string
  owner: string
  online: boolean
  plays: boolean
  sounding: boolean
  has_volume: boolean
  volume: number
  muted: boolean
  buffering: boolean
  last_seen_ms: number
  round_trip_us: number
  problem: string
}

export interface QueueEntry {
  id: string
  /** Empty: not for us. */
  track_id: string
}

export interface RemoteQueue {
  entries: QueueEntry[]
  version: number
}

export type Command =
  | { kind: "play" | "pause" | "stop" | "next" | "previous" }
  | { kind: "seek"; position_ms: number }
  | { kind: "set_volume"; volume: number; device_id?: string }
  | { kind: "set_muted"; muted: boolean; device_id?: string }
  | { kind: "set_repeat"; repeat: Repeat }
  | { kind: "set_shuffle"; shuffle: boolean }
  | { kind: "load"; track_ids: string[]; index: number; position_ms: number; playing: boolean }
  | { kind: "append"; track_ids: string[]; index?: number }
  | { kind: "move"; entry_id: string; index: number }
  | { kind: "remove"; entry_ids: string[] }
  | { kind: "transfer"; device_ids: string[] }
  | { kind: "jump"; entry_id: string }

export interface Report {
  position_ms: number
  at_us: number
  playing: boolean
  buffering: boolean
  volume: number
  muted: boolean
  entry_id: string
  ended: boolean
  problem: string
}

export interface Pong {
  client_time_us: number
  server_received_us: number
  server_sent_us: number
}

export interface Joined {
  event_id: number
  device_id: string
  session_id: string
  resume_token: string
  state: SessionState
  queue: RemoteQueue
  devices: Device[]
}

/** What the server says. */
export type ServerMessage =
  | ({ kind: "joined" } & Joined)
  | ({ kind: "pong" } & Pong)
  | { kind: "done"; request_id: number }
  | { kind: "refused"; request_id: number; code: string; message: string }
  | ({ kind: "state"; event_id: number } & SessionState)
  | ({ kind: "queue"; event_id: number } & RemoteQueue)
  | { kind: "devices"; event_id: number; devices: Device[] }

/** What this page asks for. */
export type Request = { kind: "command"; command: Command } | { kind: "party"; usernames: readonly string[] }

/** The moment of the track that a session is at, at a moment of the server's clock. */
export function positionOf(state: SessionState, serverUs: number): number {
  const since = state.playing ? Math.max(0, serverUs - state.at_us) / 1000 : 0
  const at = state.position_ms + since * state.rate
  return state.track ? Math.min(at, state.track.duration_ms) : at
}

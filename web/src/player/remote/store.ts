import { create } from "zustand"

import type { Device, RemoteQueue, SessionState } from "@/player/remote/protocol"

interface RemoteState {
  /** The page is known to the server, which hears what it says. */
  joined: boolean
  /** Which of the devices this page is. */
  deviceId: string
  session: SessionState | null
  queue: RemoteQueue
  devices: readonly Device[]
  /** The session of somebody else that this page takes part in. */
  partyId: string
  /** Somebody chose in this page where the music is to play. */
  chosen: boolean
}

/** What is known of the person's devices and of what they play. Changed only by the hub. */
export const useRemote = create<RemoteState>()(() => ({
  joined: false,
  deviceId: "",
  session: null,
  queue: { entries: [], version: 0 },
  devices: [],
  partyId: "",
  chosen: false,
}))

/**
 * What this page does: it leads (what it plays is told to the others), it is away (others sound, it shows and
 * commands them), or it plays together with others.
 */
export type Role = "leading" | "away" | "together"

/** A device that was silent for longer than this is not taken for the one that plays. */
const FORGOTTEN_US = 10 * 60 * 1_000_000

type Known = Pick<RemoteState, "joined" | "deviceId" | "session" | "devices" | "partyId" | "chosen">

/** Whether others sound, or were chosen to. */
function othersSound({ session, devices, deviceId, chosen }: Known, serverUs: number): boolean {
  if (!session?.track) return false
  if (!devices.some(({ id, online, sounding }) => id !== deviceId && online && sounding)) return false
  return session.playing || chosen || serverUs - session.at_us < FORGOTTEN_US
}

export function roleOf(known: Known, serverUs: number): Role {
  const { joined, session, deviceId, partyId } = known
  if (!joined || !session) return "leading"
  const here = session.sounding_device_ids.includes(deviceId)
  if (partyId) return here ? "together" : "away"
  if (!othersSound(known, serverUs)) return "leading"
  return here ? "together" : "away"
}

/** The role the page has now; kept apart, for it changes seldom. */
export const useRole = create<{ role: Role }>()(() => ({ role: "leading" }))

/** The devices that sound elsewhere. */
export function soundingElsewhere({
  devices,
  deviceId,
}: Pick<RemoteState, "devices" | "deviceId">): Device[] {
  return devices.filter(({ id, online, sounding }) => online && sounding && id !== deviceId)
}

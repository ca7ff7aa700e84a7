import { Connection } from "@/player/remote/connection"
import type { Command } from "@/player/remote/protocol"
import { useRemote } from "@/player/remote/store"
import { ServerClock } from "@/player/remote/clock"
import { toastProblem } from "@/shared/ui/toasts"

let connection: Connection | null = null
const noClock = new ServerClock()

/** The line that is open, or null. */
export function line(): Connection | null {
  return connection
}

export function setLine(to: Connection | null): void {
  connection = to
}

/** The server's clock now, as far as it is known, in microseconds. */
export function serverUs(): number {
  return (connection?.clock ?? noClock).nowUs()
}

/** Have a session do something; throws ProblemError. */
export function command(what: Command): Promise<void> {
  return connection?.request({ kind: "command", command: what }) ?? Promise.resolve()
}

/** Have a session do something, and say so when it does not. */
export function order(what: Command): void {
  command(what).catch(toastProblem)
}

/** Whether this page is among the devices that sound. */
export function soundsHere(): boolean {
  const { session, deviceId } = useRemote.getState()
  return session?.sounding_device_ids.includes(deviceId) ?? false
}

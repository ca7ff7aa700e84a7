import { usePlayerSettings } from "@/player/engine/store"
import { soundingElsewhere, useRemote, useRole } from "@/player/remote/store"

/** How loud the music is: where it sounds, which may be elsewhere. */
export function useShownVolume(): { volume: number; muted: boolean } {
  const here = usePlayerSettings()
  const away = useRole((state) => state.role === "away")
  const remote = useRemote()
  const [device] = soundingElsewhere(remote)
  return away && device ? device : here
}

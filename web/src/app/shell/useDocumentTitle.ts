import { useQuery } from "@tanstack/react-query"
import { useEffect } from "react"

import { usePlayer, usePresent } from "@/player/engine/store"
import { houseQuery } from "@/shared/session/house"
import { usePageTitle } from "@/shared/ui/pageTitle"

/** The window's title: what plays, else the page. */
export function useDocumentTitle(): void {
  const page = usePageTitle((state) => state.title)
  const playing = usePlayer((state) => state.playing)
  const track = usePresent()?.track
  const house = useQuery(houseQuery).data?.name ?? "Sarau"
  useEffect(() => {
    const sound = playing && track ? `${track.title} · ${track.artist}` : ""
    const first = sound || page
    document.title = first ? `${first} – ${house}` : house
  }, [page, playing, track, house])
}

import { useQueryClient, type QueryClient } from "@tanstack/react-query"
import { useLocation, useNavigate } from "react-router"

import { trackChangedInQueue } from "@/player/engine/controls"
import { albumQuery, catalogueChanged, trackChanged } from "@/shared/api/catalogue"
import { api, take } from "@/shared/api/client"
import { asProblem } from "@/shared/api/problem"
import type { Track, TrackEdit } from "@/shared/api/types"

/** Whether an album is still there after its tracks were given to another. */
async function isThere(client: QueryClient, albumId: string): Promise<boolean> {
  try {
    await client.query({ ...albumQuery(albumId), staleTime: 0, retry: false })
    return true
  } catch (error) {
    return asProblem(error).status !== 404
  }
}

type Save = (tracks: readonly Track[], edit: TrackEdit, onDone?: (count: number) => void) => Promise<void>

/** The page of an album that an edit has emptied gives way to the album its tracks are on now. */
function useFollow(): (before: string | null, now: string | null) => Promise<void> {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  return async (before, now) => {
    if (!before || !now || now === before || pathname !== `/albums/${before}`) return
    if (await isThere(client, before)) return
    await navigate(`/albums/${now}`, { replace: true })
    client.removeQueries({ queryKey: albumQuery(before).queryKey, type: "inactive" })
  }
}

/** Send one correction for some tracks, one after the other, and show it everywhere. */
export function useSaveEdits(): Save {
  const client = useQueryClient()
  const follow = useFollow()
  return async (tracks, edit, onDone) => {
    let now: Track | null = null
    for (const [index, { id }] of tracks.entries()) {
      const path = { track_id: id }
      const details = await take(api.PATCH("/api/v1/tracks/{track_id}", { params: { path }, body: edit }))
      now = details.track
      trackChangedInQueue(id, now)
      onDone?.(index + 1)
    }
    if (!now) return
    await follow(tracks[0]?.album_id ?? null, now.album_id)
    if (tracks.length === 1) await trackChanged(client, now)
    else await catalogueChanged(client)
  }
}

import type { Collaborative, PlaylistChange, PlaylistDetails, Visibility } from "@/shared/api/playlists"

/** What the form holds. */
export interface Draft {
  name: string
  description: string
  visibility: Visibility
  collaborative: Collaborative
  editors: string[]
}

export function draftOf(playlist: PlaylistDetails): Draft {
  const { name, description, visibility, collaborative, editors } = playlist
  return { name, description, visibility, collaborative, editors: editors.map(({ username }) => username) }
}

/** What of the draft is other than it was: only that is sent, so that the rest stays as others made it. */
export function changeOf(playlist: PlaylistDetails, draft: Draft): PlaylistChange {
  const before = draftOf(playlist)
  const now = { ...draft, name: draft.name.trim(), description: draft.description.trim() }
  const changed = Object.entries(now).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof Draft]),
  )
  return Object.fromEntries(changed)
}

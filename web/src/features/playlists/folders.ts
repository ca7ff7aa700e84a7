import type { PlaylistFolder } from "@/shared/api/playlists"

/** A folder and how deep it stands. */
interface Nested {
  folder: PlaylistFolder
  depth: number
}

/** All folders as a tree is read: each before those that stand in it. */
export function nested(
  folders: readonly PlaylistFolder[],
  parent: string | null = null,
  depth = 0,
): Nested[] {
  return folders
    .filter(({ parent_id: id }) => id === parent)
    .flatMap((folder) => [{ folder, depth }, ...nested(folders, folder.id, depth + 1)])
}

/** A folder with those it stands in, the outermost first. */
export function pathTo(folders: readonly PlaylistFolder[], id: string | null): PlaylistFolder[] {
  const folder = folders.find((one) => one.id === id)
  return folder ? [...pathTo(folders, folder.parent_id), folder] : []
}

/** The ids of a folder and of all below it. */
export function below(folders: readonly PlaylistFolder[], id: string): Set<string> {
  return new Set([id, ...nested(folders, id).map(({ folder }) => folder.id)])
}

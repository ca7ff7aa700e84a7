import {
  Activity,
  Disc3,
  FolderTree,
  Heart,
  History,
  House,
  Library,
  Link2,
  ListMusic,
  MicVocal,
  MonitorSmartphone,
  Music2,
  RadioTower,
  Tags,
  Ticket,
  Trash2,
  Upload,
  Users,
} from "lucide-react"
import type { ReactNode } from "react"

import type { Permission } from "@/shared/session/house"
import type { Words } from "@/shared/words/en"

export interface Place {
  to: string
  name: Exclude<keyof Words["nav"], "account">
  icon: ReactNode
  needs?: Permission
}

const SIZE = 20

export const HOME: Place = { to: "/", name: "home", icon: <House size={SIZE} /> }

export const LIBRARY: Place[] = [
  { to: "/albums", name: "albums", icon: <Disc3 size={SIZE} /> },
  { to: "/artists", name: "artists", icon: <MicVocal size={SIZE} /> },
  { to: "/tracks", name: "tracks", icon: <Music2 size={SIZE} /> },
  { to: "/genres", name: "genres", icon: <Tags size={SIZE} /> },
  { to: "/folders", name: "folders", icon: <FolderTree size={SIZE} /> },
  { to: "/starred", name: "starred", icon: <Heart size={SIZE} /> },
  { to: "/playlists", name: "playlists", icon: <ListMusic size={SIZE} /> },
  { to: "/history", name: "history", icon: <History size={SIZE} /> },
  { to: "/radio", name: "radio", icon: <RadioTower size={SIZE} /> },
  { to: "/devices", name: "devices", icon: <MonitorSmartphone size={SIZE} /> },
]

export const HOUSE: Place[] = [
  { to: "/links", name: "links", icon: <Link2 size={SIZE} />, needs: "shares.create" },
  { to: "/upload", name: "upload", icon: <Upload size={SIZE} />, needs: "library.upload" },
  { to: "/admin/invites", name: "invites", icon: <Ticket size={SIZE} />, needs: "invites.create" },
  { to: "/admin/users", name: "users", icon: <Users size={SIZE} />, needs: "users.manage" },
  { to: "/admin/libraries", name: "libraries", icon: <Library size={SIZE} />, needs: "library.manage" },
  { to: "/admin/bin", name: "bin", icon: <Trash2 size={SIZE} />, needs: "library.edit_any" },
  { to: "/admin/activity", name: "activity", icon: <Activity size={SIZE} />, needs: "activity.read" },
]

/** Those of some places that one may go to. */
export function allowed(places: readonly Place[], permissions: readonly string[]): Place[] {
  return places.filter(({ needs }) => needs === undefined || permissions.includes(needs))
}

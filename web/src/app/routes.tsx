import type { ComponentType } from "react"
import { Navigate, Outlet, type RouteObject } from "react-router"

import { Broken, NotFound } from "@/app/Broken"
import { Door } from "@/app/Door"
import { persistently } from "@/app/recovery"
import { Loading } from "@/shared/ui/States"

type Loaded = Promise<{ default: ComponentType }>

function fetched(load: () => Loaded) {
  return async () => ({ Component: (await persistently(load)).default })
}

/** A page that is fetched when it is first gone to. */
function page(path: string, load: () => Loaded): RouteObject {
  return { path, lazy: fetched(load) }
}

const guestPages: RouteObject[] = [
  page("setup", () => import("@/features/entry/SetupPage")),
  page("sign-in", () => import("@/features/entry/SignInPage")),
  page("invite", () => import("@/features/entry/InviteCodePage")),
  page("invite/:code", () => import("@/features/entry/InvitePage")),
  page("reset/:token", () => import("@/features/entry/ResetPage")),
]

const sharedPages: RouteObject[] = ["s/:slug", "shared/:slug"].map((path) =>
  page(path, () => import("@/features/sharing/SharedPage")),
)

const housePages: RouteObject[] = [
  { index: true, lazy: fetched(() => import("@/features/home/HomePage")) },
  page("albums", () => import("@/features/albums/AlbumsPage")),
  page("albums/:id", () => import("@/features/albums/AlbumPage")),
  page("artists", () => import("@/features/artists/ArtistsPage")),
  page("artists/:id", () => import("@/features/artists/ArtistPage")),
  page("tracks", () => import("@/features/tracks/TracksPage")),
  page("genres", () => import("@/features/genres/GenresPage")),
  page("genres/:id", () => import("@/features/genres/GenrePage")),
  page("folders", () => import("@/features/folders/FoldersPage")),
  page("folders/:id", () => import("@/features/folders/FolderPage")),
  page("starred", () => import("@/features/stars/StarredPage")),
  page("playlists", () => import("@/features/playlists/PlaylistsPage")),
  page("playlists/smart", () => import("@/features/playlists/rules/RulesPage")),
  page("playlists/:id/rules", () => import("@/features/playlists/rules/RulesPage")),
  page("playlists/:id", () => import("@/features/playlists/PlaylistPage")),
  page("links", () => import("@/features/sharing/SharesPage")),
  page("devices", () => import("@/features/devices/DevicesPage")),
  page("lyrics", () => import("@/features/lyrics/LyricsPage")),
  page("history", () => import("@/features/history/HistoryPage")),
  page("listeners/:username", () => import("@/features/history/ListenerPage")),
  page("radio", () => import("@/features/radio/RadioPage")),
  page("search", () => import("@/features/search/SearchPage")),
  page("upload", () => import("@/features/upload/UploadPage")),
  page("profile", () => import("@/features/profile/ProfilePage")),
  { path: "admin", element: <Navigate to="/admin/invites" replace /> },
  page("admin/users", () => import("@/features/admin/users/UsersPage")),
  page("admin/invites", () => import("@/features/admin/invites/InvitesPage")),
  page("admin/libraries", () => import("@/features/admin/libraries/LibrariesPage")),
  page("admin/bin", () => import("@/features/admin/bin/BinPage")),
  page("admin/activity", () => import("@/features/admin/activity/ActivityPage")),
  { path: "*", element: <NotFound /> },
]

export const routes: RouteObject[] = [
  {
    element: <Outlet />,
    errorElement: <Broken />,
    hydrateFallbackElement: <Loading />,
    children: [
      ...guestPages,
      ...sharedPages,
      {
        element: <Door />,
        children: [{ errorElement: <Broken />, children: housePages }],
      },
    ],
  },
]

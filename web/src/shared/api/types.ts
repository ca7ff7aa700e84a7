import type { components, paths } from "@/shared/api/schema"

type Schemas = components["schemas"]

export type Me = Schemas["Me"]
export type House = Schemas["HouseInfo"]
export type User = Schemas["User"]
export type Role = Schemas["Role"]
export type Room = Schemas["Room"]
export type Album = Schemas["Album"]
export type AlbumPage = Schemas["AlbumPage"]
export type Artist = Schemas["Artist"]
export type ArtistRef = Schemas["ArtistRef"]
export type Track = Schemas["Track"]
export type TrackDetails = Schemas["TrackDetails"]
export type TrackEdit = Schemas["TrackEdit"]
export type ReplayGain = Schemas["ReplayGain"]
export type Outline = Schemas["Outline"]
export type Genre = Schemas["Genre"]
export type Folder = Schemas["Folder"]
export type Library = Schemas["Library"]
export type Session = Schemas["Session"]
export type ApiKey = Schemas["ApiKey"]
export type Invite = Schemas["Invite"]
export type ManagedLibrary = Schemas["ManagedLibrary"]
export type Scan = Schemas["Scan"]
export type Entry = Schemas["Entry"]
export type UploadReply = Schemas["UploadReply"]

type Query<P extends keyof paths> = paths[P] extends { get: { parameters: { query?: infer Q } } }
  ? NonNullable<Q>
  : never

export type AlbumFilters = Omit<Query<"/api/v1/albums">, "cursor" | "limit">
export type TrackFilters = Omit<Query<"/api/v1/tracks">, "cursor" | "limit">

import { Globe, Link2, Lock, Play, Shuffle, Sparkles, UserPlus, UserRoundCheck, Users } from "lucide-react"
import type { ReactNode } from "react"

import styles from "@/features/playlists/PlaylistPage.module.css"
import { useFollow } from "@/features/playlists/useFollow"
import { playTracks } from "@/player/engine/controls"
import { nameOf, playlistCover, type PlaylistDetails } from "@/shared/api/playlists"
import type { Track } from "@/shared/api/types"
import { lasting } from "@/shared/format/time"
import { useMe } from "@/shared/session/house"
import { Button } from "@/shared/ui/Button"
import { Cover } from "@/shared/ui/Cover"
import { Glow } from "@/shared/ui/Glow"
import { Menu, type MenuItem } from "@/shared/ui/Menu"
import { useLocale, useWords } from "@/shared/words/words"

const SIGNS = { private: Lock, link: Link2, house: Globe }
const SIGN = 15

interface HeadProps {
  /** What the playlist was opened by: its id or its link. */
  place: string
  playlist: PlaylistDetails
  tracks: readonly Track[]
  menu: () => MenuItem[]
}

function Facts({ playlist, tracks }: Pick<HeadProps, "playlist" | "tracks">) {
  const words = useWords()
  const { collection } = words
  const locale = useLocale()
  const { owner, editors, collaborative, visibility, smart } = playlist
  const Sign = SIGNS[visibility]
  const count = playlist.entry_count ?? tracks.length
  const length = playlist.duration_ms ?? tracks.reduce((sum, track) => sum + track.duration_ms, 0)
  const facts: ReactNode[] = [
    nameOf(owner),
    ...(collaborative === "named" && editors.length > 0
      ? [collection.editedBy(editors.map(nameOf).join(", "))]
      : []),
    words.counts.tracks(count),
    ...(count > 0 ? [lasting(length, locale)] : []),
    <span key="sign" className={styles.sign}>
      <Sign size={SIGN} />
      {collection.signs[visibility]}
    </span>,
    ...(collaborative === "everyone" && !smart
      ? [
          <span key="open" className={styles.sign}>
            <Users size={SIGN} />
            {collection.collaboratives.everyone}
          </span>,
        ]
      : []),
  ]
  return (
    <p className={styles.facts}>
      {facts.map((fact, index) => (
        <span key={index}>{fact}</span>
      ))}
    </p>
  )
}

function FollowButton({ playlist }: Pick<HeadProps, "playlist">) {
  const words = useWords().collection
  const follow = useFollow()
  const { followed } = playlist
  return (
    <Button
      icon={followed ? <UserRoundCheck size={18} /> : <UserPlus size={18} />}
      aria-pressed={followed}
      onClick={() => void follow(playlist, !followed)}
    >
      {followed ? words.unfollow : words.follow}
    </Button>
  )
}

/** The cover, name and facts of a playlist, and what to do with all of it. */
export function PlaylistHead({ place, playlist, tracks, menu }: HeadProps) {
  const words = useWords()
  const { user } = useMe()
  const { id, name, description, smart, owner } = playlist
  const cover = playlistCover(playlist)
  const source = { kind: "playlist" as const, id }
  return (
    <header className={styles.head}>
      <Glow kind="playlists" id={place} cover={cover} />
      <Cover
        kind="playlists"
        id={place}
        cover={cover}
        size={384}
        eager
        alt={words.catalogue.coverOf(name)}
        className={styles.cover}
      />
      <div className={styles.about}>
        <span className={styles.kind}>
          {smart && <Sparkles size={16} />}
          {smart ? words.collection.smart : words.collection.playlist}
        </span>
        <h1>{name}</h1>
        {description && <p className={styles.description}>{description}</p>}
        <Facts playlist={playlist} tracks={tracks} />
        <div className={styles.actions}>
          <Button
            look="primary"
            icon={<Play size={18} fill="currentColor" />}
            disabled={tracks.length === 0}
            onClick={() => {
              playTracks(tracks, { source })
            }}
          >
            {words.catalogue.play}
          </Button>
          <Button
            icon={<Shuffle size={18} />}
            disabled={tracks.length === 0}
            onClick={() => {
              playTracks(tracks, { shuffle: true, source })
            }}
          >
            {words.catalogue.shuffle}
          </Button>
          {owner.id !== user.id && <FollowButton playlist={playlist} />}
          <Menu label={words.player.actionsFor(name)} items={menu} />
        </div>
      </div>
    </header>
  )
}

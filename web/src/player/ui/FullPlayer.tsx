import { ChevronDown, ListMusic, MicVocal } from "lucide-react"
import { useEffect, useRef } from "react"
import { Link } from "react-router"

import { usePlayerView, usePresent, type Panel } from "@/player/engine/store"
import { LyricsPanel } from "@/player/panels/LyricsPanel"
import { QueuePanel } from "@/player/panels/QueuePanel"
import { Rating } from "@/player/marks/Rating"
import { StarButton } from "@/player/marks/StarButton"
import { DevicesButton } from "@/player/remote/ui/Elsewhere"
import { Names } from "@/player/tracks/Names"
import { useTrackMenu } from "@/player/tracks/trackMenu"
import styles from "@/player/ui/FullPlayer.module.css"
import { SeekBar } from "@/player/ui/SeekBar"
import { Transport } from "@/player/ui/Transport"
import { IconButton } from "@/shared/ui/Button"
import { Cover } from "@/shared/ui/Cover"
import { Menu } from "@/shared/ui/Menu"
import { useWords } from "@/shared/words/words"

function close(): void {
  usePlayerView.setState({ full: false, panel: null })
}

function show(panel: Panel): void {
  usePlayerView.setState((view) => ({ panel: view.panel === panel ? null : panel }))
}

/** The player that fills a phone. */
export function FullPlayer() {
  const ref = useRef<HTMLDialogElement>(null)
  const words = useWords()
  const panel = usePlayerView((view) => view.panel)
  const item = usePresent()
  const menu = useTrackMenu()

  useEffect(() => {
    ref.current?.showModal()
    // Wide windows have the bar for all this.
    const wide = matchMedia("(width >= 820px)")
    wide.addEventListener("change", close)
    return () => {
      wide.removeEventListener("change", close)
    }
  }, [])

  if (!item) return null
  const { id, title, artist, artists, album, album_id: albumId, cover } = item.track
  return (
    <dialog
      ref={ref}
      className={styles.full}
      aria-label={words.player.nowPlaying}
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      onClick={(event) => {
        if ((event.target as Element).closest("a")) close()
      }}
    >
      <header className={styles.head}>
        <IconButton label={words.player.closeNowPlaying} onClick={close}>
          <ChevronDown size={26} />
        </IconButton>
        <span className="ellipsis">
          {albumId && album ? <Link to={`/albums/${albumId}`}>{album}</Link> : null}
        </span>
        <Menu label={words.player.actionsFor(title)} items={() => menu(item.track)} />
      </header>
      <div className={styles.stage}>
        {panel === "queue" && <QueuePanel />}
        {panel === "lyrics" && <LyricsPanel />}
        {panel === null && (
          <Cover kind="tracks" id={id} cover={cover} size={384} eager className={styles.cover} />
        )}
      </div>
      <div className={styles.words}>
        <h2 className="ellipsis">{title}</h2>
        <p className="ellipsis">
          <Names shown={artist || words.unknownArtist} artists={artists} />
        </p>
        <Rating kind="track" id={id} name={title} className={styles.rating} />
      </div>
      <SeekBar />
      <Transport big />
      <footer className={styles.foot}>
        <IconButton
          label={words.player.lyrics}
          on={panel === "lyrics"}
          onClick={() => {
            show("lyrics")
          }}
        >
          <MicVocal size={22} />
        </IconButton>
        <StarButton kind="track" id={id} name={title} />
        <DevicesButton size="m" />
        <IconButton
          label={words.player.queue}
          on={panel === "queue"}
          onClick={() => {
            show("queue")
          }}
        >
          <ListMusic size={22} />
        </IconButton>
      </footer>
    </dialog>
  )
}

import { ListMusic, MicVocal } from "lucide-react"
import { Link } from "react-router"

import { usePlayer, usePlayerView, usePresent, type Panel } from "@/player/engine/store"
import { Rating } from "@/player/marks/Rating"
import { StarButton } from "@/player/marks/StarButton"
import { DevicesButton, Elsewhere } from "@/player/remote/ui/Elsewhere"
import { Names } from "@/player/tracks/Names"
import { useTrackMenu } from "@/player/tracks/trackMenu"
import styles from "@/player/ui/PlayerBar.module.css"
import { SeekBar } from "@/player/ui/SeekBar"
import { PlayButton, Transport } from "@/player/ui/Transport"
import { Volume } from "@/player/ui/Volume"
import { cx } from "@/shared/format/classes"
import { Badge } from "@/shared/ui/Badge"
import { IconButton } from "@/shared/ui/Button"
import { Cover } from "@/shared/ui/Cover"
import { Menu } from "@/shared/ui/Menu"
import { useWords } from "@/shared/words/words"

function togglePanel(wanted: Exclude<Panel, null>): void {
  usePlayerView.setState(({ panel }) => ({ panel: panel === wanted ? null : wanted }))
}

/** What plays: cover, title, artist. */
function Playing() {
  const words = useWords()
  const item = usePresent()
  const menu = useTrackMenu()
  if (!item) return <p className={styles.nothing}>{words.player.nothing}</p>
  const { id, title, artist, artists, album_id: album, cover } = item.track
  return (
    <div className={styles.playing}>
      <Cover kind="tracks" id={id} cover={cover} size={96} eager className={styles.cover} />
      <div className={styles.words}>
        <div className={cx(styles.title, "ellipsis")} data-testid="playing-title">
          {album ? <Link to={`/albums/${album}`}>{title}</Link> : title}
        </div>
        <div className={cx(styles.artist, "ellipsis")}>
          <Names shown={artist || words.unknownArtist} artists={artists} />
        </div>
      </div>
      <StarButton size="s" kind="track" id={id} name={title} className={styles.more} />
      <Rating size="s" kind="track" id={id} name={title} className={styles.rating} />
      <Menu
        size="s"
        label={words.player.actionsFor(title)}
        items={() => menu(item.track)}
        className={styles.more}
      />
    </div>
  )
}

/** The bar at the foot of every page. On a phone it is a strip that opens the large player. */
export function PlayerBar() {
  const words = useWords().player
  const { panel } = usePlayerView()
  const converted = usePlayer((state) => state.converted)
  const item = usePresent()
  return (
    <section className={cx(styles.bar, !item && styles.empty)} aria-label={words.label}>
      <Elsewhere className={styles.elsewhere} />
      <Playing />
      {item && (
        <button
          type="button"
          className={styles.open}
          aria-label={words.openNowPlaying}
          onClick={() => {
            usePlayerView.setState({ full: true })
          }}
        />
      )}
      <div className={styles.middle}>
        <Transport />
        <SeekBar />
      </div>
      <div className={styles.small}>
        <PlayButton />
      </div>
      <div className={styles.side}>
        {converted && (
          <span title={words.converted(converted)}>
            <Badge>{converted}</Badge>
          </span>
        )}
        <IconButton
          size="s"
          label={words.lyrics}
          on={panel === "lyrics"}
          onClick={() => {
            togglePanel("lyrics")
          }}
        >
          <MicVocal size={18} />
        </IconButton>
        <IconButton
          size="s"
          label={words.queue}
          on={panel === "queue"}
          onClick={() => {
            togglePanel("queue")
          }}
        >
          <ListMusic size={19} />
        </IconButton>
        <DevicesButton size="s" />
        <Volume />
      </div>
    </section>
  )
}

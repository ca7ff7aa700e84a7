import { Link } from "react-router"

import styles from "@/player/tracks/TrackRow.module.css"
import { rangesOf, type MatchedText } from "@/shared/api/search"
import type { Track } from "@/shared/api/types"
import { cx } from "@/shared/format/classes"
import { Marked } from "@/shared/ui/Marked"

/** Who put a track into a list, and when. */
export interface Credit {
  name: string
  when: string
}

interface WhereProps {
  track: Track
  matched: readonly MatchedText[] | undefined
  credit: Credit | undefined
}

/** Album and year, which a list of mixed tracks needs; or who put it there in place of the year. */
export function Where({ track: { album, album_id: id, year }, matched, credit }: WhereProps) {
  const name = <Marked text={album ?? ""} ranges={rangesOf(matched, "album")} />
  return (
    <>
      <div role="cell" className={cx(styles.album, "ellipsis")}>
        {id ? <Link to={`/albums/${id}`}>{name}</Link> : name}
      </div>
      {credit ? (
        <div role="cell" className={cx(styles.credit, "ellipsis")}>
          {credit.name}
          <small className="ellipsis">{credit.when}</small>
        </div>
      ) : (
        <div role="cell" className={styles.year}>
          {year && <Marked text={String(year)} ranges={rangesOf(matched, "year")} />}
        </div>
      )}
    </>
  )
}

import { useState } from "react"

import { cx } from "@/shared/format/classes"
import { coverUrl, type CoverSize } from "@/shared/format/covers"
import styles from "@/shared/ui/Cover.module.css"

interface CoverProps {
  kind: "albums" | "artists" | "tracks" | "folders" | "playlists"
  id: string
  cover: string | null
  /** Pixels as laid out; twice as many are fetched for dense screens. */
  size: 96 | 192 | 384
  alt?: string
  round?: boolean
  eager?: boolean
  className?: string | undefined
}

const DENSER: Record<CoverProps["size"], CoverSize> = { 96: 192, 192: 384, 384: 768 }

/** A cover that appears softly when it has come. */
export function Cover({
  kind,
  id,
  cover,
  size,
  alt = "",
  round = false,
  eager = false,
  className,
}: CoverProps) {
  const [here, setHere] = useState(false)
  return (
    <span className={cx(styles.cover, round && styles.round, className)}>
      <img
        key={`${id} ${cover ?? ""}`}
        src={coverUrl(kind, id, cover, size)}
        srcSet={`${coverUrl(kind, id, cover, size)} 1x, ${coverUrl(kind, id, cover, DENSER[size])} 2x`}
        alt={alt}
        width={size}
        height={size}
        loading={eager ? "eager" : "lazy"}
        decoding="async"
        draggable={false}
        className={here ? styles.here : undefined}
        onLoad={() => {
          setHere(true)
        }}
      />
    </span>
  )
}

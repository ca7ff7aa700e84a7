import { Star } from "lucide-react"
import type { KeyboardEvent } from "react"

import styles from "@/player/marks/Rating.module.css"
import { useRate, useRating } from "@/shared/api/ratings"
import type { Marked } from "@/shared/api/stars"
import { cx } from "@/shared/format/classes"
import { useWords } from "@/shared/words/words"

const STARS = [1, 2, 3, 4, 5] as const

interface RatingProps {
  kind: Marked
  id: string
  /** Of what is rated. */
  name: string
  size?: "s" | "m"
  /** In a menu its stars are choices of the menu. */
  inMenu?: boolean
  onRated?: () => void
  className?: string | undefined
}

/** Five stars, of which one presses as many as one gives; the same again takes them back. */
export function Rating({ kind, id, name, size = "m", inMenu = false, onRated, className }: RatingProps) {
  const words = useWords().listening
  const rating = useRating(kind, id)
  const rate = useRate()
  const give = (stars: number) => {
    rate({ kind, id, rating: stars === rating ? 0 : stars })
    onRated?.()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    const stars = [...event.currentTarget.querySelectorAll("button")]
    const here = stars.findIndex((star) => star === document.activeElement)
    stars.at((here + step) % stars.length)?.focus()
  }
  return (
    <div
      role={inMenu ? "group" : "radiogroup"}
      aria-label={words.ratingOf(name)}
      className={cx(styles.rating, styles[size], className)}
      onKeyDown={onKeyDown}
    >
      {STARS.map((star) => (
        <button
          key={star}
          type="button"
          role={inMenu ? "menuitemradio" : "radio"}
          aria-checked={star === rating}
          data-menu-stop={(inMenu && star === Math.max(1, rating)) || undefined}
          aria-label={words.stars(star)}
          title={words.stars(star)}
          tabIndex={!inMenu && star === Math.max(1, rating) ? 0 : -1}
          className={cx(styles.star, star <= rating && styles.given)}
          onClick={() => {
            give(star)
          }}
        >
          <Star size={size === "s" ? 15 : 18} fill={star <= rating ? "currentColor" : "none"} />
        </button>
      ))}
    </div>
  )
}

/** One's rating in a row, where there is one. */
export function RatingMark({ id }: { id: string }) {
  const words = useWords().listening
  const rating = useRating("track", id)
  if (rating === 0) return null
  return (
    <span className={styles.mark} role="img" aria-label={words.stars(rating)} title={words.stars(rating)}>
      <Star size={12} fill="currentColor" />
      {rating}
    </span>
  )
}

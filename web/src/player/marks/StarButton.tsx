import { Heart } from "lucide-react"

import { useSetStar, useStarred, type Marked } from "@/shared/api/stars"
import { IconButton } from "@/shared/ui/Button"
import { useWords } from "@/shared/words/words"

interface StarButtonProps {
  kind: Marked
  id: string
  /** Of what gets the star. */
  name: string
  size?: "s" | "m"
  className?: string | undefined
}

/** A heart that gives a star or takes it back. */
export function StarButton({ kind, id, name, size = "m", className }: StarButtonProps) {
  const words = useWords().collection
  const on = useStarred(kind, id)
  const setStar = useSetStar()
  return (
    <IconButton
      size={size}
      label={words.starOf(name)}
      on={on}
      className={className}
      onClick={() => {
        setStar({ kind, id, on: !on })
      }}
    >
      <Heart size={size === "s" ? 17 : 21} fill={on ? "currentColor" : "none"} />
    </IconButton>
  )
}

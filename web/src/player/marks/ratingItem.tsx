import { Rating } from "@/player/marks/Rating"
import type { Marked } from "@/shared/api/stars"
import type { MenuItem } from "@/shared/ui/Menu"

/** The choice of a menu that rates something. */
export function ratingItem(kind: Marked, id: string, name: string, label: string): MenuItem {
  return {
    label,
    draw: (close) => <Rating kind={kind} id={id} name={name} inMenu onRated={close} />,
  }
}

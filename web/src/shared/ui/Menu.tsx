import { Ellipsis } from "lucide-react"
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react"
import { Link } from "react-router"

import { cx } from "@/shared/format/classes"
import { IconButton } from "@/shared/ui/Button"
import styles from "@/shared/ui/Menu.module.css"

/** One choice of a menu: something to do, or somewhere to go. */
export interface MenuItem {
  label: string
  icon?: ReactNode
  danger?: boolean
  /** A line above it. */
  apart?: boolean
  to?: string
  download?: string
  onSelect?: () => void
  /** Draws something else than a line of words; it gets what closes the menu. Arrows stop at its [data-menu-stop]. */
  draw?: (close: () => void) => ReactNode
}

interface Place {
  x: number
  y: number
  /** Grow to the left of x instead of to the right. */
  fromRight?: boolean
}

interface MenuPopupProps {
  label: string
  items: readonly MenuItem[]
  at: Place
  onClose: () => void
}

const EDGE = 8

/** Put the menu where there is room for it. */
function place(menu: HTMLElement, { x, y, fromRight }: Place): void {
  const { width, height } = menu.getBoundingClientRect()
  const left = fromRight ? x - width : x
  const top = y + height + EDGE > window.innerHeight ? y - height - (fromRight ? 44 : 0) : y
  menu.style.left = `${Math.max(EDGE, Math.min(left, window.innerWidth - width - EDGE))}px`
  menu.style.top = `${Math.max(EDGE, top)}px`
}

/** A menu that is open, in the browser's top layer. */
export function MenuPopup({ label, items, at, onClose }: MenuPopupProps) {
  const ref = useRef<HTMLDivElement>(null)
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  // A layout effect, for its end comes while the menu is still there: who had the focus before gets it back, and a
  // dialog that a choice opens can give it back to them in its turn.
  useLayoutEffect(() => {
    const menu = ref.current
    if (!menu) return
    const before = document.activeElement
    menu.showPopover()
    place(menu, at)
    menu.querySelector<HTMLElement>("[role=menuitem]")?.focus({ preventScroll: true })
    const onToggle = (event: ToggleEvent) => {
      if (event.newState === "closed") close.current()
    }
    menu.addEventListener("toggle", onToggle)
    return () => {
      menu.removeEventListener("toggle", onToggle)
      if (menu.contains(document.activeElement) && before instanceof HTMLElement) before.focus()
    }
  }, [at])

  const onKeyDown = (event: KeyboardEvent) => {
    const stops = "[role=menuitem], [data-menu-stop]"
    const all = [...(ref.current?.querySelectorAll<HTMLElement>(stops) ?? [])]
    const here = all.findIndex((stop) =>
      (stop.closest("[role=group]") ?? stop).contains(document.activeElement),
    )
    const targets: Record<string, number> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }
    const target = targets[event.key]
    event.stopPropagation()
    if (event.key === "Tab") onClose()
    if (target === undefined) return
    event.preventDefault()
    all.at(target % all.length)?.focus()
  }
  return (
    <div
      ref={ref}
      popover="auto"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      className={styles.menu}
      onKeyDown={onKeyDown}
    >
      {items.map((item) => (
        <MenuEntry key={item.label} item={item} onClose={onClose} />
      ))}
    </div>
  )
}

function MenuEntry({ item, onClose }: { item: MenuItem; onClose: () => void }) {
  const { label, icon, danger, apart, to, download, onSelect, draw } = item
  if (draw) return <div className={cx(styles.drawn, apart && styles.apart)}>{draw(onClose)}</div>
  const shared = {
    role: "menuitem",
    tabIndex: -1,
    className: cx(styles.item, danger && styles.danger, apart && styles.apart),
    onClick: () => {
      onClose()
      onSelect?.()
    },
  }
  const inside = (
    <>
      {icon}
      <span>{label}</span>
    </>
  )
  if (to !== undefined) {
    return (
      <Link to={to} {...shared}>
        {inside}
      </Link>
    )
  }
  if (download !== undefined) {
    return (
      <a href={download} download {...shared}>
        {inside}
      </a>
    )
  }
  return (
    <button type="button" {...shared}>
      {inside}
    </button>
  )
}

interface MenuProps {
  label: string
  items: () => readonly MenuItem[]
  icon?: ReactNode
  size?: "s" | "m" | "l"
  className?: string | undefined
}

/** A button that opens a menu; its choices are made when it opens. */
export function Menu({ label, items, icon, size = "m", className }: MenuProps) {
  const [at, setAt] = useState<Place | null>(null)
  return (
    <>
      <IconButton
        size={size}
        label={label}
        className={className}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={(event) => {
          event.stopPropagation()
          const { right, bottom } = event.currentTarget.getBoundingClientRect()
          setAt(at ? null : { x: right, y: bottom + 4, fromRight: true })
        }}
      >
        {icon ?? <Ellipsis size={20} />}
      </IconButton>
      {at && (
        <MenuPopup
          label={label}
          items={items()}
          at={at}
          onClose={() => {
            setAt(null)
          }}
        />
      )}
    </>
  )
}

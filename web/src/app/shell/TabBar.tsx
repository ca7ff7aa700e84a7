import { Disc3, House, Menu as MenuIcon, MicVocal, Search } from "lucide-react"
import { useState, type ReactNode } from "react"
import { NavLink } from "react-router"

import { allowed, HOUSE, LIBRARY } from "@/app/shell/nav"
import styles from "@/app/shell/TabBar.module.css"
import { useMe } from "@/shared/session/house"
import { MenuPopup } from "@/shared/ui/Menu"
import { useWords } from "@/shared/words/words"

function Tab({ to, icon, children }: { to: string; icon: ReactNode; children: ReactNode }) {
  return (
    <NavLink to={to} end={to === "/"} className={styles.tab}>
      {icon}
      <span>{children}</span>
    </NavLink>
  )
}

const INNER = new Set(["/albums", "/artists"])

/** The way to everywhere, on a phone. */
export function TabBar() {
  const { nav } = useWords()
  const { permissions } = useMe()
  const [at, setAt] = useState<{ x: number; y: number } | null>(null)
  const rest = [...LIBRARY.filter(({ to }) => !INNER.has(to)), ...allowed(HOUSE, permissions)]
  return (
    <nav className={styles.tabs} aria-label={nav.label}>
      <Tab to="/" icon={<House size={22} />}>
        {nav.home}
      </Tab>
      <Tab to="/search" icon={<Search size={22} />}>
        {nav.search}
      </Tab>
      <Tab to="/albums" icon={<Disc3 size={22} />}>
        {nav.albums}
      </Tab>
      <Tab to="/artists" icon={<MicVocal size={22} />}>
        {nav.artists}
      </Tab>
      <button
        type="button"
        className={styles.tab}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={(event) => {
          const { left, top } = event.currentTarget.getBoundingClientRect()
          setAt({ x: left, y: top - 8 })
        }}
      >
        <MenuIcon size={22} />
        <span>{nav.more}</span>
      </button>
      {at && (
        <MenuPopup
          label={nav.more}
          at={at}
          items={rest.map(({ to, name, icon }) => ({ to, icon, label: nav[name] }))}
          onClose={() => {
            setAt(null)
          }}
        />
      )}
    </nav>
  )
}

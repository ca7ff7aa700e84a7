import { Link, NavLink } from "react-router"

import { allowed, HOME, HOUSE, LIBRARY, type Place } from "@/app/shell/nav"
import styles from "@/app/shell/Sidebar.module.css"
import { UploadPill } from "@/features/upload/UploadPill"
import { useMe } from "@/shared/session/house"
import { Logo } from "@/shared/ui/Logo"
import { useWords } from "@/shared/words/words"

function Places({ places }: { places: readonly Place[] }) {
  const { nav } = useWords()
  return (
    <ul className={styles.places}>
      {places.map(({ to, name, icon }) => (
        <li key={to}>
          <NavLink to={to} end={to === "/"} className={styles.place}>
            {icon}
            <span>{nav[name]}</span>
          </NavLink>
        </li>
      ))}
    </ul>
  )
}

/** The way to everywhere, on wide windows. */
export function Sidebar() {
  const { nav } = useWords()
  const { permissions } = useMe()
  const house = allowed(HOUSE, permissions)
  return (
    <nav className={styles.sidebar} aria-label={nav.label}>
      <Link to="/" className={styles.logo}>
        <Logo word />
      </Link>
      <Places places={[HOME]} />
      <h2 className={styles.heading}>{nav.library}</h2>
      <Places places={LIBRARY} />
      {house.length > 0 && (
        <>
          <h2 className={styles.heading}>{nav.house}</h2>
          <Places places={house} />
        </>
      )}
      <UploadPill />
    </nav>
  )
}

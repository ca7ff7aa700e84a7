import { useQuery } from "@tanstack/react-query"
import { Navigate, useLocation } from "react-router"

import { Shell } from "@/app/shell/Shell"
import { houseQuery } from "@/shared/session/house"
import { Shown } from "@/shared/ui/States"

/** Lets in who is signed in; everybody else is shown where to. */
export function Door() {
  const query = useQuery(houseQuery)
  const { pathname, search } = useLocation()
  return (
    <Shown query={query}>
      {(house) => {
        if (house.me) return <Shell key={house.me.user.id} />
        if (house.needs_setup) return <Navigate to="/setup" replace />
        const from = pathname + search
        return (
          <Navigate to={from === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(from)}`} replace />
        )
      }}
    </Shown>
  )
}

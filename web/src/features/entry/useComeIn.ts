import { useQueryClient } from "@tanstack/react-query"
import { useNavigate } from "react-router"

import type { Me } from "@/shared/api/types"
import { signedIn } from "@/shared/session/house"

/** Only addresses of our own: a link must not lead somebody who signs in to another house. */
export function safePlace(wanted: string | null): string {
  if (!wanted?.startsWith("/") || wanted.startsWith("//") || wanted.includes("\\")) return "/"
  return wanted
}

/** What happens when somebody has come in: remember who it is and go where they wanted to. */
export function useComeIn(): (me: Me, to?: string | null) => void {
  const client = useQueryClient()
  const navigate = useNavigate()
  return (me, to = null) => {
    signedIn(client, me)
    void navigate(safePlace(to), { replace: true })
  }
}

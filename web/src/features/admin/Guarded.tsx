import type { ReactNode } from "react"

import { useMay, type Permission } from "@/shared/session/house"
import { Empty } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

/** A page for those who have a permission. The server decides; this only says so politely. */
export function Guarded({ needs, children }: { needs: Permission; children: ReactNode }) {
  const words = useWords()
  return useMay(needs) ? children : <Empty title={words.notFoundTitle} text={words.errors.forbidden} page />
}

import { useEffect, useRef } from "react"

/** On a new page the focus is on its content, so that keys scroll it; whoever types is left alone. */
export function useFocusOnPage(content: HTMLElement | null, pathname: string): void {
  const shown = useRef(pathname)
  useEffect(() => {
    if (!content || pathname === shown.current) return
    shown.current = pathname
    if (document.activeElement?.matches("input, textarea, select")) return
    content.focus({ preventScroll: true })
  }, [content, pathname])
}

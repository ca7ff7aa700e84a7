import { cleanup } from "@testing-library/react"
import { afterEach, beforeEach, vi } from "vitest"

// What browsers have and jsdom has not.
class NoObserver {
  observe(): void {
    // Nothing is ever laid out here.
  }
  unobserve(): void {
    // As above.
  }
  disconnect(): void {
    // As above.
  }
}

beforeEach(() => {
  vi.stubGlobal("ResizeObserver", NoObserver)
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }))
})

afterEach(() => {
  cleanup()
  localStorage.clear()
  document.cookie = "sarau_csrf=; max-age=0"
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

import { useEffect, useRef } from "react"

import { coverUrl } from "@/shared/format/covers"
import styles from "@/shared/ui/Glow.module.css"

interface GlowProps {
  kind: "albums" | "artists" | "playlists"
  id: string
  cover: string | null
}

const SAMPLES = 16

/** The liveliest color of some pixels: averages alone are always brown. */
export function liveliest(pixels: Uint8ClampedArray): [number, number, number] {
  let [best, found]: [number, [number, number, number]] = [-1, [0, 0, 0]]
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3)
    const [high, low] = [Math.max(red, green, blue), Math.min(red, green, blue)]
    const middling = 1 - Math.abs(high + low - 255) / 255
    const life = (high - low) * middling
    if (life > best) [best, found] = [life, [red, green, blue]]
  }
  return found
}

function colorOf(image: HTMLImageElement): string | null {
  const canvas = document.createElement("canvas")
  canvas.width = canvas.height = SAMPLES
  const context = canvas.getContext("2d", { willReadFrequently: true })
  if (!context) return null
  context.drawImage(image, 0, 0, SAMPLES, SAMPLES)
  return `rgb(${liveliest(context.getImageData(0, 0, SAMPLES, SAMPLES).data).join(" ")})`
}

/** The light a cover throws on the page behind it. */
export function Glow({ kind, id, cover }: GlowProps) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const image = new Image()
    image.src = coverUrl(kind, id, cover, 96)
    image.onload = () => {
      const color = colorOf(image)
      if (color) ref.current?.style.setProperty("--glow", color)
    }
    return () => {
      image.onload = null
    }
  }, [kind, id, cover])
  return <div ref={ref} className={styles.glow} aria-hidden="true" />
}

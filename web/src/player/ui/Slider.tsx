import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react"

import { cx } from "@/shared/format/classes"
import styles from "@/player/ui/Slider.module.css"

interface SliderProps {
  label: string
  value: number
  max: number
  /** What is read out. */
  text: string
  /** How far an arrow key goes, and PageUp and PageDown. */
  step: number
  page: number
  /** How much is there already, drawn behind. */
  buffered?: number
  disabled?: boolean
  /** Said beside the pointer. */
  hint?: (value: number) => string
  /** Called while the thumb is dragged, before it is let go. */
  onDrag?: (value: number | null) => void
  onChange: (value: number) => void
  className?: string | undefined
}

function share(value: number, max: number): number {
  return max > 0 ? Math.max(0, Math.min(1, value / max)) : 0
}

/** A line to be dragged, clicked or moved by keys. */
export function Slider({
  label,
  value,
  max,
  text,
  step,
  page,
  buffered = 0,
  disabled = false,
  ...rest
}: SliderProps) {
  const { hint, onDrag, onChange, className } = rest
  const ref = useRef<HTMLDivElement>(null)
  const tip = useRef<HTMLSpanElement>(null)
  const [dragged, setDragged] = useState<number | null>(null)
  const shown = dragged ?? value

  useEffect(() => {
    ref.current?.style.setProperty("--at", String(share(shown, max)))
  }, [shown, max])
  useEffect(() => {
    ref.current?.style.setProperty("--here", String(share(buffered, max)))
  }, [buffered, max])

  const valueAt = (event: PointerEvent): number => {
    const { left, width } = ref.current?.getBoundingClientRect() ?? { left: 0, width: 0 }
    return share(event.clientX - left, width) * max
  }
  const drag = (to: number | null) => {
    setDragged(to)
    onDrag?.(to)
  }
  const onPointerDown = (event: PointerEvent) => {
    if (disabled || event.button !== 0) return
    ref.current?.setPointerCapture(event.pointerId)
    drag(valueAt(event))
  }
  const onPointerMove = (event: PointerEvent) => {
    const at = valueAt(event)
    if (tip.current && hint) {
      tip.current.textContent = hint(at)
      tip.current.style.left = `${share(at, max) * 100}%`
    }
    if (dragged !== null) drag(at)
  }
  const onPointerUp = (event: PointerEvent) => {
    if (dragged === null) return
    onChange(valueAt(event))
    drag(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowRight: value + step,
      ArrowUp: value + step,
      ArrowLeft: value - step,
      ArrowDown: value - step,
      PageUp: value + page,
      PageDown: value - page,
      Home: 0,
      End: max,
    }
    const to = moves[event.key]
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    onChange(Math.max(0, Math.min(max, to)))
  }
  return (
    <div
      ref={ref}
      role="slider"
      tabIndex={disabled ? -1 : 0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round(max)}
      aria-valuenow={Math.round(shown)}
      aria-valuetext={text}
      aria-disabled={disabled || undefined}
      className={cx(
        styles.slider,
        dragged !== null && styles.dragged,
        disabled && styles.disabled,
        className,
      )}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        drag(null)
      }}
      onKeyDown={onKeyDown}
    >
      <span className={styles.line}>
        <span className={styles.here} />
        <span className={styles.filled} />
      </span>
      <span className={styles.thumb} />
      {hint && !disabled && <span ref={tip} className={styles.tip} aria-hidden="true" />}
    </div>
  )
}

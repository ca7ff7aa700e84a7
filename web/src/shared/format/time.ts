/** A position or length as players show it: 3:07, 1:02:45. */
export function clock(ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1000))
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60]
  const tail = String(seconds).padStart(2, "0")
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`
}

/** How long something lasts, in words: "47 min", "1 hr 12 min". */
export function lasting(ms: number, locale: string): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  const unit = (value: number, name: "hour" | "minute") =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "short" }).format(value)
  if (minutes < 60) return unit(minutes, "minute")
  const rest = minutes % 60
  const hours = unit(Math.floor(minutes / 60), "hour")
  return rest ? `${hours} ${unit(rest, "minute")}` : hours
}

/** A moment, as day and time. */
export function moment(iso: string, locale: string): string {
  return new Date(iso).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" })
}

/** The day of a moment. */
export function day(iso: string, locale: string): string {
  return new Date(iso).toLocaleDateString(locale, { dateStyle: "medium" })
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
]

/** How far a moment is from now, roughly: "3 hours ago", "in 2 weeks". */
export function ago(iso: string, locale: string, now = Date.now()): string {
  const seconds = (new Date(iso).getTime() - now) / 1000
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" })
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1]
  return unit === "second" ? format.format(0, "second") : format.format(Math.round(seconds / size), unit)
}

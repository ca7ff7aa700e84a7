import type { PlayedTrack, PlayFilters, PlaySourceKind } from "@/shared/api/listening"

export const PERIODS = ["all", "day", "week", "month", "year"] as const
export type Period = (typeof PERIODS)[number]

export const SOURCES = [
  "album",
  "artist",
  "folder",
  "genre",
  "playlist",
  "queue",
  "search",
  "stars",
  "tracks",
  "party",
] as const satisfies readonly PlaySourceKind[]

const DAYS: Record<Exclude<Period, "all">, number> = { day: 0, week: 6, month: 29, year: 364 }

/** The first moment of a period that ends now; whole days, as people count them. */
export function sinceOf(period: Period, now = new Date()): string | null {
  if (period === "all") return null
  const begin = new Date(now.getFullYear(), now.getMonth(), now.getDate() - DAYS[period])
  return begin.toISOString()
}

/** What an address asks for; what it does not know counts as anything. */
export function filtersOf(parameters: URLSearchParams, now?: Date): PlayFilters & { period: Period } {
  const period = PERIODS.find((one) => one === parameters.get("period")) ?? "all"
  return {
    period,
    since: sinceOf(period, now),
    client: parameters.get("app"),
    source: SOURCES.find((one) => one === parameters.get("from")) ?? null,
    listened: parameters.get("whole") === null ? null : true,
  }
}

/** A line of the history: the name of a day, or what was played on it. */
export type Line = { day: string } | PlayedTrack

/** Plays with the days that they fall on between them. */
export function withDays(plays: readonly PlayedTrack[], nameOf: (moment: Date) => string): Line[] {
  const lines: Line[] = []
  let last = ""
  for (const played of plays) {
    const moment = new Date(played.play.started_at)
    const day = moment.toDateString()
    if (day !== last) lines.push({ day: nameOf(moment) })
    last = day
    lines.push(played)
  }
  return lines
}

/** How people call the day of a moment. */
export function dayName(
  moment: Date,
  { today, yesterday }: { today: string; yesterday: string },
  locale: string,
  now = new Date(),
): string {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate())
  if (moment >= midnight) return today
  const before = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)
  if (moment >= before) return yesterday
  return moment.toLocaleDateString(locale, { dateStyle: "full" })
}

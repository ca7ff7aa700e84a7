const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const

/** A size as people read it: 4.2 MB. */
export function bytes(count: number, locale: string): string {
  let [value, step] = [count, 0]
  while (value >= 1000 && step < UNITS.length - 1) [value, step] = [value / 1000, step + 1]
  const digits = value >= 100 || step === 0 ? 0 : 1
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: UNITS[step] ?? "byte",
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: digits,
  }).format(value)
}

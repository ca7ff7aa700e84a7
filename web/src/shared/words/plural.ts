/** A function that says how many there are, in English and Portuguese alike: one form for one, one for the rest. */
export function counted(locale: string, one: string, many: string): (count: number) => string {
  const format = new Intl.NumberFormat(locale)
  const rules = new Intl.PluralRules(locale)
  return (count) => `${format.format(count)} ${rules.select(count) === "one" ? one : many}`
}

/** Formatters are kept: making one costs a hundred times as much as using it. */

/** Locales, currencies and time zones that are in use at a time. */
const MAX_KEPT = 500

/** `make`, whose results are kept for each pair of arguments. */
export function keeper<Options, Format>(make: (locale: string, options: Options) => Format) {
  const kept = new Map<string, Format>()
  return (locale: string, options: Options): Format => {
    const key = locale + JSON.stringify(options)
    const known = kept.get(key)
    if (known) return known
    if (kept.size >= MAX_KEPT) kept.clear()
    const made = make(locale, options)
    kept.set(key, made)
    return made
  }
}

export const numberFormat = keeper(
  (locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options)
)
/** Without a time zone in the options it is that of the machine. */
export const dateTimeFormat = keeper(
  (locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options)
)
export const formatCount = (count: number, locale: string): string =>
  numberFormat(locale, {}).format(count)

/**
 * Normalises a payee name: removes reference numbers, dates and confirmation codes that vary per
 * payment.
 */

const MONTHS =
  'jan|january|feb|february|mar|march|apr|april|may|jun|june|jul|july|aug|august|sep|sept|september|oct|october|nov|november|dec|december'
const MONTH = new RegExp(`^(${MONTHS})[.,]?$`)
/** Labels that announce a reference, such as `ref:`, `id` or `#`. */
const LABEL = /^(ref|reference|id|conf|confirmation|trace|invoice|inv|no|nr|txn|trn|#)[.:#]*$/

const digits = (word: string): number => word.replace(/\D/g, '').length

/**
 * Also drops `365` or `24/7` in a shop's name; harmless, because it happens for every payment of
 * the shop.
 */
function isVariableWord(word: string, n: number, words: readonly string[]): boolean {
  if (MONTH.test(word)) return true
  if (LABEL.test(word)) return n > 0
  const count = digits(word)
  return (
    count >= 3 ||
    word.includes('#') ||
    /^\d[/.-]\d/.test(word) ||
    (count >= 2 && word.length >= 6) ||
    (count === word.length && (n === words.length - 1 || LABEL.test(words[n - 1] ?? '')))
  )
}

/** The constant words in lower case; the full name if none is constant. */
export function payeeKey(name: string): string {
  const whole = name.trim().toLowerCase()
  const words = whole.split(/\s+/)
  if (!/\d|#/.test(whole) && !words.some((word) => MONTH.test(word))) return whole
  const kept = words.filter((word, n) => !isVariableWord(word, n, words))
  return kept.length > 0 ? kept.join(' ') : whole
}

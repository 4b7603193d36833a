/** A payee without what changes from payment to payment: reference numbers, dates, confirmation codes. */

const MONTHS =
  'jan|january|feb|february|mar|march|apr|april|may|jun|june|jul|july|aug|august|sep|sept|september|oct|october|nov|november|dec|december'
const MONTH = new RegExp(`^(${MONTHS})[.,]?$`)
/** `ref:`, `id`, `#` and their like say that a reference follows. */
const LABEL = /^(ref|reference|id|conf|confirmation|trace|invoice|inv|no|nr|txn|trn|#)[.:#]*$/

const digits = (word: string): number => word.replace(/\D/g, '').length

/** `365` or `24/7` in a shop's name go as well, from every payment alike, so nothing is lost but the shop's looks. */
function isVariableWord(word: string, n: number, words: readonly string[]): boolean {
  if (MONTH.test(word)) return words.length > 1
  if (LABEL.test(word)) return n > 0
  const count = digits(word)
  return (
    count >= 3 ||
    word.includes('#') ||
    /^\d{1,2}[/.-]\d{1,2}/.test(word) ||
    (count >= 2 && word.length >= 6) ||
    (count === word.length && n > 0 && (n === words.length - 1 || LABEL.test(words[n - 1] ?? '')))
  )
}

/** The words of a name that stay the same, in lower case; the whole name where none does. */
export function payeeKey(name: string): string {
  const whole = name.trim().toLowerCase()
  if (!/\d|#/.test(whole) && !whole.split(/\s+/).some((word) => MONTH.test(word))) return whole
  const words = whole.split(/\s+/)
  const kept = words.filter((word, n) => !isVariableWord(word, n, words))
  return kept.length > 0 ? kept.join(' ') : whole
}

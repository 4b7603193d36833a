/** Formats that appear while a number is typed. A text that is not such a number stays as typed. */

const digitsOf = (text: string): string => text.replace(/\D/g, '')

/** A US number as (415) 555-0132, without its country code. */
export function formatTypedPhone(text: string): string {
  const typed = digitsOf(text)
  // A longer number is refused below, with its first digit and without.
  const digits = typed.replace(/1(?=\d{10})/, '')
  const isIncomplete = text.includes('+') && typed.length !== 11
  if (/[^\d\s()+.-]/.test(text) || digits.length > 10 || isIncomplete) return text
  if (digits.length < 4) return digits
  const [area, exchange, line] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)]
  return `(${area}) ${exchange}${line && `-${line}`}`
}

/** A Social Security number as 123-45-6789. */
export function formatTypedSsn(text: string): string {
  const digits = digitsOf(text)
  if (/[^\d\s-]/.test(text) || digits.length > 9) return text
  return [digits.slice(0, 3), digits.slice(3, 5), digits.slice(5)].filter(Boolean).join('-')
}

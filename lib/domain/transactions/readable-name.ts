/** The names of transactions as they are shown. Banks write many of them in capital letters. */

/** Words of a bank's own bookings: such a name reads as a sentence, any other one as a title. */
const BOOKING_WORD =
  /^(payments?|transfers?|deposits?|withdrawals?|interest|fees?|charges?|payroll|salary|purchases?|refunds?|mortgage|rent|dividends?|credits?|debits?|adjustments?|cash|checks?|autopay)$/

/** Abbreviations that are written out, so that the name can be read aloud. */
const ABBREVIATIONS: Record<string, string> = {
  intrst: 'interest',
  pymnt: 'payment',
  pymt: 'payment',
  pmt: 'payment',
  dep: 'deposit',
  xfer: 'transfer',
  wdrl: 'withdrawal',
  svc: 'service'
}

/** Abbreviations with a vowel. Without one, a word of up to four letters is taken for an abbreviation. */
const ACRONYMS = new Set([
  'ach',
  'atm',
  'pos',
  'usa',
  'us',
  'uk',
  'ira',
  'irs',
  'ups',
  'usps',
  'aws'
])
const WITHOUT_VOWEL = /^[^aeiouy]{2,4}$/
const SMALL_WORDS = new Set([
  'and',
  'at',
  'for',
  'from',
  'in',
  'of',
  'on',
  'or',
  'the',
  'to',
  'with'
])

/** A name of one short word, such as IKEA, is how the shop writes itself. */
const SHORT_NAME = /^[\p{L}&]{1,4}$/u

const isCapitals = (text: string): boolean =>
  text === text.toUpperCase() && text !== text.toLowerCase()

const capitalize = (word: string): string => word.replace(/\p{L}/u, (first) => first.toUpperCase())

/** Each part of WAL-MART and of O'REILLY begins with a capital letter, the S of JOE'S does not. */
const capitalizeParts = (word: string): string =>
  word
    .split('-')
    .map((part) =>
      capitalize(part).replace(/([A-Z]['’])(\p{L})/u, (_, o, first) => o + first.toUpperCase())
    )
    .join('-')

function isAcronym(word: string): boolean {
  const letters = word.replace(/[^\p{L}&]/gu, '')
  return ACRONYMS.has(letters) || WITHOUT_VOWEL.test(letters)
}

/** Removes asterisks and punctuation that only separate fields of a bank's record. */
const withoutSeparators = (text: string): string =>
  text
    .replaceAll('*', ' ')
    .replace(/(^|\s)[./\\|_~-]+(?=\s|$)/g, '')
    .replace(/(^|\s)[.]+(?=\p{L})/gu, '$1')
    .replace(/\s+/g, ' ')
    .trim()

/**
 * MORTGAGE PAYMENT is "Mortgage payment", BLUE BOTTLE COFFEE is "Blue Bottle Coffee". A name with
 * small letters is returned as it is. The original stays in the details and in exports.
 */
export function readableName(name: string): string {
  if (!isCapitals(name) || SHORT_NAME.test(name.trim())) return name
  const words = withoutSeparators(name)
    .split(' ')
    .map((word) => ABBREVIATIONS[word.toLowerCase()] ?? word.toLowerCase())
  const isBooking = words.some((word) => BOOKING_WORD.test(word.replace(/\W/g, '')))
  const written = words.map((word, n) => {
    if (isAcronym(word)) return word.toUpperCase()
    if (n === 0) return capitalizeParts(word)
    return isBooking || SMALL_WORDS.has(word) ? word : capitalizeParts(word)
  })
  return written.join(' ') || name
}

/** The name of a transaction: the merchant's, else the description of the bank. */
export const transactionName = (row: { merchantName: string | null; name: string }): string =>
  readableName(row.merchantName ?? row.name)

/** Up to two initials, for the circle before a name. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s/-]/).filter((word) => /^[\p{L}\p{N}]/u.test(word))
  const [first = name, second = ''] = words.filter((word) => !SMALL_WORDS.has(word.toLowerCase()))
  const letters = [...first].slice(0, 1).concat([...second].slice(0, 1))
  return letters.join('').toUpperCase()
}

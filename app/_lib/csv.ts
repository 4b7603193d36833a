/** Transactions as CSV (RFC 4180), safe from formula injection. */
import type { TransactionResponse } from '@/lib/api/responses'
import { toDecimal } from '@/lib/domain/money/money'
import { categoryName } from '@/lib/domain/transactions/category-labels'
import type { FieldsWith } from '@/lib/domain/transactions/edits'

/**
 * Characters that start a formula in spreadsheets, also after whitespace. Full-width forms count
 * because some programs fold them.
 */
const FORMULA_PREFIX = /^\s*[=+\-@\t\r\n＝＋－＠]/
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/

/** Most cells: nothing to escape, and no blank at either end. */
const PLAIN = /^[A-Za-z0-9](?:[\w .:;/&()'*#-]*[\w.)])?$/

/**
 * One cell: formulas are prefixed with an apostrophe and separators are quoted. Plain numbers stay
 * numbers.
 */
export function toCsvCell(text: string): string {
  if (text === '' || PLAIN.test(text)) return text
  const safe = FORMULA_PREFIX.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

const toCsvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => toCsvCell(cell)).join(',')}\r\n`

type Column = readonly [heading: string, cell: (row: TransactionResponse) => string]

/** Formats each listed editable column; a listed column that is missing here does not compile. */
const EDITED: Record<FieldsWith<'inList'>, Column> = {
  note: ['Note', ({ note }) => note ?? ''],
  tags: ['Tags', ({ tags }) => tags.join(', ')]
}

const COLUMNS: readonly Column[] = [
  ['Date', ({ date }) => date],
  ['Authorized on', ({ authorizedOn }) => authorizedOn ?? ''],
  ['Merchant', ({ merchantName }) => merchantName ?? ''],
  ['Description', ({ name }) => name],
  ['Category', ({ category }) => (category ? categoryName(category) : '')],
  ['Kind', ({ kind }) => kind],
  ['Amount', ({ amount }) => toDecimal({ ...amount, minor: BigInt(amount.minor) })],
  ['Currency', ({ amount }) => amount.currency],
  ['Pending', ({ pending }) => (pending ? 'yes' : 'no')],
  ...Object.values(EDITED),
  ['Part', ({ part }) => (part ? `${part.n} of ${part.of}` : '')],
  ['Account', ({ accountName }) => accountName],
  ['Account ending', ({ accountMask }) => accountMask ?? ''],
  ['Bank', ({ institutionName }) => institutionName],
  ['Id', ({ id }) => id]
]

/** The byte order mark tells spreadsheets that this is UTF-8. */
export const CSV_HEADER = `\uFEFF${toCsvLine(COLUMNS.map(([heading]) => heading))}`

/** One transaction. The amount is a decimal string; money in is positive. */
export const toCsvRow = (row: TransactionResponse): string =>
  toCsvLine(COLUMNS.map(([, cell]) => cell(row)))

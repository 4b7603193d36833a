/** Rows as a spreadsheet reads them (RFC 4180), with nothing in them that it would run. */
import type { TransactionResponse } from '@/lib/api/responses'
import { toDecimal } from '@/lib/domain/money/money'
import { categoryName } from '@/lib/domain/transactions/categories'

/** Spreadsheets take what begins like this for a formula, also behind blanks. Full-width forms count, because some programs fold them. */
const FORMULA_PREFIX = /^\s*[=+\-@\t\r\n＝＋－＠]/
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/

/** One cell: a formula becomes the text it is, and what would end a cell is quoted. Plain numbers stay numbers. */
export function toCsvCell(text: string): string {
  const safe = FORMULA_PREFIX.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

const toCsvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => toCsvCell(cell)).join(',')}\r\n`

/** The mark in front tells spreadsheets that this is UTF-8. */
export const CSV_HEADER = `\uFEFF${toCsvLine(['Date', 'Authorized on', 'Merchant', 'Description', 'Category', 'Kind', 'Amount', 'Currency', 'Pending', 'Note', 'Tags', 'Part', 'Account', 'Account ending', 'Bank', 'Id'])}`

/** One transaction; the amount is plain decimal text, money in positive. */
export function toCsvRow(row: TransactionResponse): string {
  return toCsvLine([
    row.date,
    row.authorizedOn ?? '',
    row.merchantName ?? '',
    row.name,
    row.category ? categoryName(row.category) : '',
    row.kind,
    toDecimal({ minor: BigInt(row.amount.minor), currency: row.amount.currency }),
    row.amount.currency,
    row.pending ? 'yes' : 'no',
    row.note ?? '',
    row.tags.join(', '),
    row.part ? `${row.part.n} of ${row.part.of}` : '',
    row.accountName,
    row.accountMask ?? '',
    row.institutionName,
    row.id
  ])
}

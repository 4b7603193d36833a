import { z } from 'zod'
import { isCalendarDate } from '@/lib/domain/dates'
import { isMonth } from '@/lib/domain/periods'
import { TRANSACTION_KINDS } from '@/lib/domain/transactions/categories'
import { EDIT_LIMITS } from '@/lib/domain/transactions/edits'
import {
  FILTER_KEYS,
  TRANSACTION_SORTS,
  type TransactionFilter,
  type TransactionSort
} from '@/lib/domain/transactions/transaction-filter'

/** Forms submit empty fields; they count as missing. */
const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())

export const date = z.string().refine(isCalendarDate, 'Use a real date, such as 2026-03-31.')
/** Long enough for any URL; values beyond the column's range match everything or nothing. */
const decimal = z
  .string()
  .regex(/^\d{1,1000}(\.\d{1,1000})?$/, 'Use a plain amount, such as 20 or 19.99.')

const filterFields = {
  q: optional(z.string().max(100)),
  account: optional(z.uuid()),
  category: optional(z.string().max(100)),
  kind: optional(z.enum(TRANSACTION_KINDS)),
  merchant: optional(z.string().max(500)),
  currency: optional(z.string().regex(/^[A-Za-z0-9]{1,12}$/)),
  flow: optional(z.enum(['in', 'out'])),
  min: optional(decimal),
  max: optional(decimal),
  from: optional(date),
  to: optional(date),
  pending: optional(z.enum(['yes', 'no'])),
  tag: optional(z.string().max(EDIT_LIMITS.tag))
}
const sort = optional(z.enum(TRANSACTION_SORTS))

/** The query of GET /api/v1/transactions. */
export const TransactionsQuery = z.object({
  ...filterFields,
  sort,
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50)
})

/** The query of GET /api/v1/transactions/export. */
export const ExportQuery = z.object({
  ...filterFields,
  sort,
  /** `ndjson` has one transaction a line, for programs that read a whole history. */
  format: z.enum(['csv', 'json', 'ndjson']).default('csv')
})
export type ExportQuery = z.output<typeof ExportQuery>

export const timeZone = z
  .string()
  .refine((name) => isTimeZone(name), 'Use a time zone such as America/New_York.')
  .optional()
const month = z
  .string()
  .refine((text) => isMonth(text), 'Use a month, such as 2026-03.')
  .optional()

/** The query of GET /api/v1/spending: a month or a period, default the current month. */
export const SpendingQuery = z
  .object({ month, from: date.optional(), to: date.optional(), zone: timeZone })
  .refine(
    ({ from, to }) => (from === undefined) === (to === undefined) && (!from || !to || from <= to),
    {
      path: ['to'],
      message: 'Enter both dates, the earlier one first.'
    }
  )

/** The query of GET /api/v1/cash-flow: the number of months up to `until`. */
export const CashFlowQuery = z.object({
  until: month,
  months: z.coerce.number().int().min(1).max(36).default(12),
  zone: timeZone
})

/** The query of GET /api/v1/recurring. */
export const RecurringQuery = z.object({ zone: timeZone })

export function isTimeZone(name: string): boolean {
  try {
    return name.length < 100 && Boolean(new Intl.DateTimeFormat('en-US', { timeZone: name }))
  } catch {
    return false
  }
}

/** The filter in a request body. Strict: an unknown field must not widen the filter. */
export const FilterInput = z.strictObject(filterFields)

/**
 * Reads a filter from query parameters. Invalid parts are dropped, so that old or mistyped links
 * still open.
 */
export function parseFilter(search: Record<string, string | string[] | undefined>): {
  filter: TransactionFilter
  sort: TransactionSort
} {
  const filter: TransactionFilter = {}
  for (const key of FILTER_KEYS) {
    const parsed = filterFields[key].safeParse(search[key])
    if (parsed.success && parsed.data !== undefined) Object.assign(filter, { [key]: parsed.data })
  }
  return { filter, sort: sort.safeParse(search.sort).data ?? 'newest' }
}

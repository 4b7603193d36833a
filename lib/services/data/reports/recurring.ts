import 'server-only'
import { sql } from 'drizzle-orm'
import type { CalendarDate } from '@/lib/domain/dates'
import {
  findRecurring,
  lookbackStart,
  MAX_PAYMENTS,
  type RecurringPayment
} from '@/lib/domain/reports/recurring'
import { addReported } from '@/lib/domain/reports/recurring-streams'
import type { UserActor } from '@/lib/domain/users/actor'
import { listReportedPayments } from '@/lib/services/data/connections/recurring-streams'
import { cachedReport } from '@/lib/services/data/reports/report-cache'
import { query } from '@/lib/services/data/sql/query'
import { column, nullable, rowType } from '@/lib/services/data/sql/row-type'
import {
  amount,
  category,
  isCountedKind,
  kind,
  matchesFilter,
  merchant,
  payee,
  transactionsWithSplits
} from '@/lib/services/data/transactions/transaction-sql'
import { transactions } from '@/xata/schema'

type PaymentRow = { id: string; date: string; minor: string }
const SERIES = rowType({
  merchant: column.text,
  name: column.text,
  currency: transactions.currency,
  category: nullable(column.text),
  payments: column.jsonb<PaymentRow[]>()
})

/**
 * Recurring payments as of the day `on`, the next due first: those in the history, and those that
 * only Plaid found. Transfers are excluded.
 */
export const listRecurring = (actor: UserActor, on: CalendarDate): Promise<RecurringPayment[]> =>
  cachedReport(actor, ['recurring', on], async () => {
    const [detected, reported] = await Promise.all([
      detectRecurring(actor, on),
      listReportedPayments(actor)
    ])
    return addReported(detected, reported, on)
  })

async function detectRecurring(actor: UserActor, on: CalendarDate): Promise<RecurringPayment[]> {
  const found = await query(
    actor,
    SERIES,
    sql`
    select merchant, max(name) as name, currency, max(category) as category,
      jsonb_agg(jsonb_build_object('id', id, 'date', booked_on, 'minor', amount_minor::text) order by booked_on desc, id) as payments
    from (
      select ${merchant} as merchant, ${payee} as name, t.currency, ${category} as category, t.booked_on, ${amount} as amount_minor, t.id, ${kind} as kind
      from ${transactionsWithSplits} where ${matchesFilter(actor, { pending: 'no', from: lookbackStart(on), to: on })}
    ) r where ${isCountedKind} group by merchant, currency, kind, sign(amount_minor)
    having count(*) <= ${MAX_PAYMENTS}::int order by merchant, currency`
  )
  return findRecurring(
    found.map(({ payments, ...rest }) => ({ ...rest, payments: mergeSplits(payments) })),
    on
  )
}

/** The splits of a transaction count as one payment; they are adjacent. */
function mergeSplits(payments: readonly PaymentRow[]): { date: CalendarDate; minor: bigint }[] {
  const whole: { id: string; date: CalendarDate; minor: bigint }[] = []
  for (const { id, date, minor } of payments) {
    const last = whole.at(-1)
    if (last?.id === id) last.minor += BigInt(minor)
    else whole.push({ id, date, minor: BigInt(minor) })
  }
  return whole
}

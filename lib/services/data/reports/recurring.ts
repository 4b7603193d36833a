import 'server-only'
import { sql } from 'drizzle-orm'
import type { UserActor } from '@/lib/domain/users/actor'
import type { CalendarDate } from '@/lib/domain/dates'
import { findRecurring, lookBackFrom, type Recurring } from '@/lib/domain/reports/recurring'
import { rows } from '@/lib/services/data/sql/query'
import {
  amount,
  category,
  counted,
  fromTransactions,
  kind,
  matching,
  merchant,
  payee
} from '@/lib/services/data/transactions/transaction-sql'

/** More often than every other day is no payment that recurs. */
const MOST = 200

type Paid = { id: string; date: string; minor: string }
type SeriesRow = {
  merchant: string
  name: string
  currency: string
  category: string | null
  payments: Paid[]
}

/** Payments that come again, those due soonest first, as they look on the day `on`. Transfers are left out. */
export async function listRecurring(person: UserActor, on: CalendarDate): Promise<Recurring[]> {
  const found = await rows<SeriesRow>(sql`
    select merchant, max(name) as name, currency, max(category) as category,
      jsonb_agg(jsonb_build_object('id', id, 'date', booked_on, 'minor', amount_minor::text) order by booked_on desc, id) as payments
    from (
      select ${merchant} as merchant, ${payee} as name, t.currency, ${category} as category, t.booked_on, ${amount} as amount_minor, t.id, ${kind} as kind
      from ${fromTransactions} where ${matching(person, { pending: 'no', from: lookBackFrom(on), to: on })}
    ) r where ${counted} group by merchant, currency, kind, sign(amount_minor)
    having count(*) <= ${MOST}::int order by merchant, currency`)
  return findRecurring(
    found.map(({ payments, ...rest }) => ({ ...rest, payments: joined(payments) })),
    on
  )
}

/** The parts of one transaction are one payment; they follow each other. */
function joined(payments: readonly Paid[]): { date: CalendarDate; minor: bigint }[] {
  const whole: { id: string; date: CalendarDate; minor: bigint }[] = []
  for (const { id, date, minor } of payments) {
    const last = whole.at(-1)
    if (last?.id === id) last.minor += BigInt(minor)
    else whole.push({ id, date, minor: BigInt(minor) })
  }
  return whole
}

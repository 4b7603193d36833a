import 'server-only'
import { sql } from 'drizzle-orm'
import type { Person } from '../../domain/actor'
import type { CalendarDate } from '../../domain/dates'
import { addDays } from '../../domain/periods'
import { findRecurring, type Recurring } from '../../domain/recurring'
import { rows } from './storage'
import { amount, category, counted, fromTransactions, kind, matching, merchant, payee } from './transaction-rows'

/** A yearly payment shows twice in this time. */
const LOOK_BACK_DAYS = 400
/** More often than weekly is no payment that recurs; fewer than two are none. */
const MOST = 60

type Paid = { id: string; date: string; minor: string }
type SeriesRow = { merchant: string; name: string; currency: string; category: string | null; payments: Paid[] }

/** Payments that come again, those due soonest first, as they look on the day `on`. Transfers are left out. */
export async function listRecurring(person: Person, on: CalendarDate): Promise<Recurring[]> {
  const found = await rows<SeriesRow>(sql`
    select merchant, max(name) as name, currency, max(category) as category,
      jsonb_agg(jsonb_build_object('id', id, 'date', booked_on, 'minor', amount_minor::text) order by booked_on desc, id) as payments
    from (
      select ${merchant} as merchant, ${payee} as name, t.currency, ${category} as category, t.booked_on, ${amount} as amount_minor, t.id, ${kind} as kind
      from ${fromTransactions} where ${matching(person, { pending: 'no', from: addDays(on, -LOOK_BACK_DAYS), to: on })}
    ) r where ${counted} group by merchant, currency, kind, sign(amount_minor)
    having count(*) between 2 and ${MOST}::int order by merchant, currency`)
  const series = found.map(({ payments, ...rest }) => ({ ...rest, payments: joined(payments) }))
  return series
    .flatMap((one) => findRecurring(one, on) ?? [])
    .toSorted((a, b) => a.nextOn.localeCompare(b.nextOn) || a.merchant.localeCompare(b.merchant) || a.currency.localeCompare(b.currency))
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

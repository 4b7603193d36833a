/** Finds recurring payments and income: same account, same payee, steady intervals. */

import { round } from '@/sandbox/plaid/logins/bank-data'
import { toDay, toIso } from '@/sandbox/plaid/logins/calendar'
import { idFor } from '@/sandbox/plaid/transactions/event-log'
import type { BankRow } from '@/sandbox/plaid/transactions/rows'

const FREQUENCIES = [
  { name: 'WEEKLY', days: 7, slack: 1 },
  { name: 'BIWEEKLY', days: 14, slack: 2 },
  { name: 'SEMI_MONTHLY', days: 15, slack: 1 },
  { name: 'MONTHLY', days: 30.4, slack: 3.5 },
  { name: 'ANNUALLY', days: 365, slack: 10 }
] as const

/**
 * Plaid's two lists of streams. @param today the bank's day, which decides what is still active.
 */
export function findStreams(itemId: string, rows: BankRow[], today: number, version: 'v1' | 'v2') {
  const groups = new Map<string, BankRow[]>()
  for (const row of rows) {
    if (row.pending) continue
    const key = `${row.account}|${row.merchant ?? row.name}|${Math.sign(row.amount)}`
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  const streams = [...groups].flatMap(([key, group]) => {
    const sorted = group.sort((a, b) => a.date.localeCompare(b.date))
    const rhythm = frequencyOf(sorted)
    return rhythm ? [toStream(idFor(itemId, 'stream', key), sorted, rhythm, today, version)] : []
  })
  return {
    inflow: streams.filter((s) => (s.average_amount.amount ?? 0) < 0),
    outflow: streams.filter((s) => (s.average_amount.amount ?? 0) > 0)
  }
}

type Frequency = (typeof FREQUENCIES)[number]

function frequencyOf(rows: BankRow[]): Frequency | undefined {
  if (rows.length < 3) return undefined
  const gaps = rows.slice(1).map((row, i) => toDay(row.date) - toDay(rows[i]?.date ?? row.date))
  const steady = (rhythm: Frequency) =>
    gaps.filter((gap) => Math.abs(gap - rhythm.days) <= rhythm.slack).length >= gaps.length * 0.8
  return FREQUENCIES.find(steady)
}

function toStream(
  id: string,
  rows: BankRow[],
  rhythm: Frequency,
  today: number,
  version: 'v1' | 'v2'
) {
  const last = rows.at(-1)
  if (!last) throw new Error('a stream has rows')
  const money = {
    iso_currency_code: last.currency,
    unofficial_currency_code: last.unofficialCurrency
  }
  const lastDay = toDay(last.date)
  const active = lastDay + rhythm.days * 1.6 >= today
  return {
    account_id: last.account,
    stream_id: id,
    category: null,
    category_id: null,
    description: last.name,
    merchant_name: last.merchant,
    first_date: rows[0]?.date ?? last.date,
    last_date: last.date,
    predicted_next_date: active ? toIso(lastDay + Math.round(rhythm.days)) : null,
    frequency: rhythm.name,
    transaction_ids: rows.map((row) => row.id),
    average_amount: {
      amount: round(rows.reduce((sum, row) => sum + row.amount, 0) / rows.length, 2),
      ...money
    },
    last_amount: { amount: last.amount, ...money },
    is_active: active,
    status: active ? 'MATURE' : 'TOMBSTONED',
    personal_finance_category: last.category
      ? {
          primary: last.category.primary,
          detailed: last.category.detailed,
          confidence_level: last.category.confidence,
          version
        }
      : null,
    is_user_modified: false
  }
}

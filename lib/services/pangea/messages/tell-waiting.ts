import 'server-only'
import type { MessageAmount } from '@/lib/domain/messages/message'
import { summaryWeek } from '@/lib/domain/messages/thresholds'
import type { Period } from '@/lib/domain/periods'
import { now } from '@/lib/platform/clock'
import * as AuthService from '@/lib/services/clerk'
import * as DataService from '@/lib/services/data'

const BATCH = 100

/** Messages that are due at a time: about what waits for the user, and the week's summary. */
export async function tellWaitingUsers(): Promise<void> {
  await DataService.tellWaitingUsers()
  const week = summaryWeek(now())
  if (week) await tellSummaries(week)
}

async function tellSummaries(week: Period): Promise<void> {
  let after = ''
  for (;;) {
    const found = await DataService.listUsersWithoutSummary({ week, after, limit: BATCH })
    for (const userId of found) await tellSummary(userId, week)
    if (found.length < BATCH) return
    after = found.at(-1) ?? after
  }
}

/** Nothing is told of a week with moves between own accounts alone. */
async function tellSummary(userId: string, week: Period): Promise<void> {
  const actor = AuthService.ownerActor(userId)
  const sums = async (kind: 'income' | 'spending', label: MessageAmount['label']) =>
    (await DataService.summarizeTransactions(actor, { ...week, kind, pending: 'no' })).sums.map(
      ({ currency, minor }) => ({ label, currency, minor: minor.toString() })
    )
  const amounts = [...(await sums('income', 'in')), ...(await sums('spending', 'out'))]
  if (amounts.length === 0) return
  await DataService.tellUser(
    { userId },
    { kind: 'weekly_summary', key: week.from, data: { amounts } }
  )
}

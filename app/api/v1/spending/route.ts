import { todayFor } from '@/app/_lib/formatting'
import { loadSpending } from '@/app/_lib/pages/load-spending'
import { route } from '@/app/_lib/route'
import { SpendingResponse } from '@/lib/api/reports'
import { SpendingQuery } from '@/lib/api/transactions'
import { monthOf, monthPeriods, previousPeriod } from '@/lib/domain/periods'

export const GET = route(
  {
    summary: 'Spending per category and merchant.',
    auth: 'user',
    limit: 'report',
    query: SpendingQuery,
    response: SpendingResponse
  },
  async ({ request, actor, query: { month, from, to, zone } }) => {
    const today = await todayFor(actor, request, zone)
    const periods =
      from && to
        ? { current: { from, to }, previous: previousPeriod({ from, to }) }
        : monthPeriods(month ?? monthOf(today), today)
    return loadSpending(actor, periods)
  }
)

import { todayFor } from '@/app/_lib/formatting'
import { route } from '@/app/_lib/route'
import { serializeCashFlow } from '@/app/_lib/serializers/reports'
import { CashFlowResponse } from '@/lib/api/reports'
import { CashFlowQuery } from '@/lib/api/transactions'
import { monthOf, monthsUntil } from '@/lib/domain/periods'
import { DataService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Income and spending per month.',
    auth: 'user',
    limit: 'report',
    query: CashFlowQuery,
    response: CashFlowResponse
  },
  async ({ request, actor, query: { until, months, zone } }) =>
    serializeCashFlow(
      await DataService.getCashFlow(
        actor,
        monthsUntil(until ?? monthOf(await todayFor(actor, request, zone)), months)
      )
    )
)

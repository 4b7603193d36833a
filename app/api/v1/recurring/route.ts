import { todayFor } from '@/app/_lib/formatting'
import { route } from '@/app/_lib/route'
import { serializeRecurring } from '@/app/_lib/serializers/reports'
import { RecurringPaymentResponse } from '@/lib/api/reports'
import { pageOf } from '@/lib/api/responses'
import { RecurringQuery } from '@/lib/api/transactions'
import { DataService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Recurring payments with their next dates.',
    auth: 'user',
    limit: 'report',
    query: RecurringQuery,
    response: pageOf(RecurringPaymentResponse)
  },
  async ({ request, actor, query }) => ({
    items: (await DataService.listRecurring(actor, await todayFor(actor, request, query.zone))).map(
      serializeRecurring
    ),
    next: null
  })
)

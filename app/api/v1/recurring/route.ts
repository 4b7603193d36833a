import { route } from '@/app/_lib/route'
import { toWireRecurring } from '@/app/wire-numbers'
import { todayFor } from '@/app/writing'
import { pageOf } from '@/lib/api/answers'
import { WireRecurring } from '@/lib/api/numbers'
import { RecurringQuery } from '@/lib/api/transactions'
import { DataService } from '@/lib/services'

export const GET = route(
  { auth: 'user', query: RecurringQuery, response: pageOf(WireRecurring) },
  async ({ request, actor, query }) => ({
    items: (await DataService.listRecurring(actor, await todayFor(actor, request, query.zone))).map(
      toWireRecurring
    ),
    next: null
  })
)

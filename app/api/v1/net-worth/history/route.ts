import { zoneFor } from '@/app/_lib/formatting'
import { route } from '@/app/_lib/route'
import { serializeNetWorthHistory } from '@/app/_lib/serializers/reports'
import { NetWorthHistoryQuery, NetWorthHistoryResponse } from '@/lib/api/reports'
import { DataService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Net worth per day.',
    auth: 'user',
    limit: 'report',
    query: NetWorthHistoryQuery,
    response: NetWorthHistoryResponse
  },
  async ({ request, actor, query: { range, zone } }) =>
    serializeNetWorthHistory(
      await DataService.getNetWorthHistory(actor, {
        range,
        timeZone: await zoneFor(actor, request, zone)
      })
    )
)

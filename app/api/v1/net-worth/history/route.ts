import { route } from '@/app/_lib/route'
import { toWireHistory } from '@/app/_lib/serializers/reports'
import { zoneFor } from '@/app/_lib/formatting'
import { HistoryQuery, WireHistory } from '@/lib/api/reports'
import { DataService } from '@/lib/services'

export const GET = route(
  { auth: 'user', query: HistoryQuery, response: WireHistory },
  async ({ request, actor, query: { range, zone } }) =>
    toWireHistory(
      await DataService.getNetWorthHistory(actor, {
        range,
        timeZone: await zoneFor(actor, request, zone)
      })
    )
)

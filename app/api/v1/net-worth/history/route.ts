import { route } from '@/app/_lib/route'
import { toWireHistory } from '@/app/wire-numbers'
import { zoneFor } from '@/app/writing'
import { HistoryQuery, WireHistory } from '@/lib/api/numbers'
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

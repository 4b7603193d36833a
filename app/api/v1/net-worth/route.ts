import { todayFor } from '@/app/_lib/formatting'
import { route } from '@/app/_lib/route'
import { serializeNetWorth } from '@/app/_lib/serializers/reports'
import { NetWorthResponse } from '@/lib/api/reports'
import { DataService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Net worth per currency and kind of account.',
    auth: 'user',
    limit: 'report',
    response: NetWorthResponse
  },
  async ({ request, actor }) =>
    serializeNetWorth(await DataService.getNetWorth(actor, await todayFor(actor, request)))
)

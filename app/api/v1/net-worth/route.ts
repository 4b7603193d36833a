import { route } from '@/app/_lib/route'
import { toWireNetWorth } from '@/app/wire-numbers'
import { todayFor } from '@/app/writing'
import { WireNetWorth } from '@/lib/api/numbers'
import { DataService } from '@/lib/services'

export const GET = route({ auth: 'user', response: WireNetWorth }, async ({ request, actor }) =>
  toWireNetWorth(await DataService.getNetWorth(actor, await todayFor(actor, request)))
)

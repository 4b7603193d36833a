import { route } from '@/app/_lib/route'
import { toWireNetWorth } from '@/app/wire-numbers'
import { todayHere } from '@/app/writing'
import { WireNetWorth } from '@/lib/api/numbers'
import { DataService } from '@/lib/services'

export const GET = route({ auth: 'user', response: WireNetWorth }, async ({ actor }) => toWireNetWorth(await DataService.getNetWorth(actor, await todayHere())))

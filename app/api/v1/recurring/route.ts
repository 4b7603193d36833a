import { answer, handlePerson, readQuery } from '@/app/api/handle'
import { toWireRecurring } from '@/app/wire-numbers'
import { todayIn } from '@/app/writing'
import type { Page } from '@/lib/api/answers'
import type { WireRecurring } from '@/lib/api/numbers'
import { RecurringQuery } from '@/lib/api/transactions'
import { DataService } from '@/lib/services'

export const GET = handlePerson(async (person, request) => {
  const { zone } = readQuery(request, RecurringQuery)
  const items = (await DataService.listRecurring(person, await todayIn(zone))).map(toWireRecurring)
  return answer({ items, next: null } satisfies Page<WireRecurring>)
})

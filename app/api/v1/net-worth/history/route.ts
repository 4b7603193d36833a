import { answer, handlePerson, readQuery } from '@/app/api/handle'
import { toWireHistory } from '@/app/wire-numbers'
import { zoneHere } from '@/app/writing'
import { HistoryQuery } from '@/lib/api/numbers'
import { DataService } from '@/lib/services'

export const GET = handlePerson(async (person, request) => {
  const { range, zone } = readQuery(request, HistoryQuery)
  return answer(toWireHistory(await DataService.getNetWorthHistory(person, { range, timeZone: zone ?? (await zoneHere()) })))
})

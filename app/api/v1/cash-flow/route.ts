import { answer, handlePerson, readQuery } from '@/app/api/handle'
import { toWireCashFlow } from '@/app/wire-numbers'
import { todayIn } from '@/app/writing'
import { CashFlowQuery } from '@/lib/api/transactions'
import { monthOf, monthsUntil } from '@/lib/domain/periods'
import { DataService } from '@/lib/services'

export const GET = handlePerson(async (person, request) => {
  const { until, months, zone } = readQuery(request, CashFlowQuery)
  return answer(toWireCashFlow(await DataService.getCashFlow(person, monthsUntil(until ?? monthOf(await todayIn(zone)), months))))
})

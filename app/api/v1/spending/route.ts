import { answer, handlePerson, readQuery } from '@/app/api/handle'
import { readSpending } from '@/app/read-spending'
import { todayIn } from '@/app/writing'
import { SpendingQuery } from '@/lib/api/transactions'
import { monthOf, monthPeriods, periodBefore } from '@/lib/domain/periods'

export const GET = handlePerson(async (person, request) => {
  const { month, from, to, zone } = readQuery(request, SpendingQuery)
  const today = await todayIn(zone)
  const periods = from && to ? { current: { from, to }, previous: periodBefore({ from, to }) } : monthPeriods(month ?? monthOf(today), today)
  return answer(await readSpending(person, periods))
})

import { answer, handlePerson } from '@/app/api/handle'
import { toWireNetWorth } from '@/app/wire-numbers'
import { todayHere } from '@/app/writing'
import { DataService } from '@/lib/services'

export const GET = handlePerson(async (person) => answer(toWireNetWorth(await DataService.getNetWorth(person, await todayHere()))))

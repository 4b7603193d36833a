import { answer, handlePerson } from '@/app/api/handle'
import { toWireInvestments } from '@/app/wire-account'
import { PangeaService } from '@/lib/services'

export const GET = handlePerson(async (person) => answer(toWireInvestments(await PangeaService.getInvestments(person))))

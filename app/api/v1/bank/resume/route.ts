import { answer, handlePerson, readInput } from '@/app/api/handle'
import { VisitInput } from '@/lib/api/bank'
import { PangeaService } from '@/lib/services'

export const POST = handlePerson(async (person, request) => answer(await PangeaService.resumeLink(person, await readInput(request, VisitInput))))

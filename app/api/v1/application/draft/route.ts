import { answer, handlePerson, readInput } from '@/app/api/handle'
import { DraftInput } from '@/lib/api/application'
import { PangeaService } from '@/lib/services'

export const PUT = handlePerson(async (person, request) => answer(await PangeaService.saveAnswer(person, await readInput(request, DraftInput))))

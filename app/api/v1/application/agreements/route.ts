import { answer, handlePerson, readInput } from '@/app/api/handle'
import { AgreementsInput } from '@/lib/api/application'
import { PangeaService } from '@/lib/services'

export const GET = handlePerson(async (person) => answer(await PangeaService.getAgreements(person)))

export const POST = handlePerson(async (person, request) => answer(await PangeaService.recordConsent(person, await readInput(request, AgreementsInput))))

import { answer, handlePerson } from '@/app/api/handle'
import { PangeaService } from '@/lib/services'

export const POST = handlePerson(async (person) => answer(await PangeaService.onboardUser(person, { withLinkToken: true })))

import { answer, handlePerson } from '@/app/api/handle'
import { PangeaService } from '@/lib/services'

export const POST = handlePerson<{ id: string }>(async (person, _request, { id }) => answer(await PangeaService.relinkBank(person, id)))

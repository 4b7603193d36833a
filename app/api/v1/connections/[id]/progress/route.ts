import { answer, handlePerson } from '@/app/api/handle'
import { toWireSync } from '@/app/wire'
import { DataService } from '@/lib/services'

export const GET = handlePerson<{ id: string }>(async (person, _request, { id }) => answer(toWireSync(await DataService.getSyncProgress(person, id))))

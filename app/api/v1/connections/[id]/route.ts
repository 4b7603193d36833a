import { answer, handlePerson } from '@/app/api/handle'
import { toWireConnection } from '@/app/wire'
import { DataService } from '@/lib/services'

export const GET = handlePerson<{ id: string }>(async (person, _request, { id }) => answer(toWireConnection(await DataService.getConnection(person, id))))

import { answer, handlePerson, readInput } from '@/app/api/handle'
import { readTransaction } from '@/app/read-transaction'
import { EditInput } from '@/lib/api/edits'
import { PangeaService } from '@/lib/services'

export const GET = handlePerson<{ id: string }>(async (person, _request, { id }) => answer(await readTransaction(person, id)))

export const PATCH = handlePerson<{ id: string }>(async (person, request, { id }) => {
  await PangeaService.editTransaction(person, id, await readInput(request, EditInput))
  return answer(await readTransaction(person, id))
})

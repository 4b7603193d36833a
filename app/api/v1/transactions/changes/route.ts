import { answer, handlePerson, readInput } from '@/app/api/handle'
import { BulkInput, type WireChanged } from '@/lib/api/edits'
import { PangeaService } from '@/lib/services'

export const POST = handlePerson(async (person, request) => {
  const { id, ids, filter = {}, except, change } = await readInput(request, BulkInput)
  const changed = await PangeaService.editTransactions(person, ids ? { ids } : { filter, except }, { change, changeId: id })
  return answer({ id, changed } satisfies WireChanged)
})

import { answer, handlePerson, readInput } from '@/app/api/handle'
import { AccountChange } from '@/lib/api/accounts'
import { PangeaService } from '@/lib/services'

export const PATCH = handlePerson<{ id: string }>(async (person, request, { id }) => {
  await PangeaService.saveAccountView(person, id, await readInput(request, AccountChange))
  return answer({ saved: true })
})

import { after } from 'next/server'
import { answer, handlePerson, readInput } from '@/app/api/handle'
import { SetAccessTokenInput } from '@/lib/api/bank'
import { PangeaService } from '@/lib/services'

export const POST = handlePerson(async (person, request) => {
  const linked = await PangeaService.linkBank(person, await readInput(request, SetAccessTokenInput))
  after(PangeaService.nudgeDrain)
  return answer(linked)
})

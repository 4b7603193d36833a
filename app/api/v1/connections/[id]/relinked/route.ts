import { after } from 'next/server'
import { answer, handlePerson, readInput } from '@/app/api/handle'
import { VisitInput } from '@/lib/api/bank'
import { PangeaService } from '@/lib/services'

export const POST = handlePerson<{ id: string }>(async (person, request, { id }) => {
  const relinked = await PangeaService.confirmRelink(person, id, await readInput(request, VisitInput))
  after(PangeaService.nudgeDrain)
  return answer(relinked)
})

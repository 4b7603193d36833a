import { after } from 'next/server'
import { answer, handlePerson } from '@/app/api/handle'
import { PangeaService } from '@/lib/services'

export const POST = handlePerson<{ id: string }>(async (person, _request, { id }) => {
  const check = await PangeaService.requestSync(person, id)
  after(PangeaService.nudgeDrain)
  return answer(check)
})

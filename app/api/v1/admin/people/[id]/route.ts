import { after } from 'next/server'
import { answer, handleAdmin, readInput } from '@/app/api/handle'
import { ReasonInput } from '@/lib/api/admin'
import { RequestError } from '@/lib/platform/errors'
import { PangeaService } from '@/lib/services'

export const GET = handleAdmin<{ id: string }>(async (admin, _request, { id }) => {
  const trail = await PangeaService.findTrail(admin, id)
  if (!trail) throw new RequestError('forbidden', 'Say first why you look at this person.')
  return answer(trail)
})

export const DELETE = handleAdmin<{ id: string }>(async (admin, request, { id }) => {
  const removal = await PangeaService.removePerson(admin, { userId: id, ...(await readInput(request, ReasonInput)) })
  after(PangeaService.nudgeDrain)
  return answer(removal, 202)
})

import { answer, handleAdmin, readInput } from '@/app/api/handle'
import { ReasonInput } from '@/lib/api/admin'
import { PangeaService } from '@/lib/services'

export const POST = handleAdmin<{ id: string }>(async (admin, request, { id }) => {
  await PangeaService.lookAtPerson(admin, { userId: id, ...(await readInput(request, ReasonInput)) })
  return answer({ noted: true })
})

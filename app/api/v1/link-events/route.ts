import { answer, handlePerson, readInput } from '@/app/api/handle'
import { LinkEventInput } from '@/lib/api/bank'
import { PangeaService } from '@/lib/services'

export const POST = handlePerson(async (person, request) => {
  await PangeaService.recordLinkEvent(person, await readInput(request, LinkEventInput))
  return answer({})
})

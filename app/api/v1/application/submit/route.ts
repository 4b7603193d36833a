import { after } from 'next/server'
import { answer, handlePerson, readInput } from '@/app/api/handle'
import { SubmitInput } from '@/lib/api/application'
import { PangeaService } from '@/lib/services'

export const POST = handlePerson(async (person, request) => {
  const onboarded = await PangeaService.submitApplication(person, await readInput(request, SubmitInput))
  after(PangeaService.nudgeDrain)
  return answer(onboarded)
})

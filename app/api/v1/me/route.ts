import { after } from 'next/server'
import { answer, handlePerson, handleSensitive, readInput } from '@/app/api/handle'
import { toWireDeletion } from '@/app/wire-deletion'
import type { WireMe } from '@/lib/api/answers'
import { DeleteMeInput } from '@/lib/api/me'
import { system } from '@/lib/domain/actor'
import { onboardingStep } from '@/lib/domain/onboarding'
import { DataService, PangeaService } from '@/lib/services'

export const GET = handlePerson(async (person) => {
  const [facts, email] = await Promise.all([DataService.getOnboardingFacts(person), DataService.findEmail(person)])
  return answer({ id: person.userId, email, step: onboardingStep(facts) } satisfies WireMe)
})

export const DELETE = handleSensitive(async (person, request) => {
  await readInput(request, DeleteMeInput)
  const { id } = await PangeaService.deleteMyData(person)
  after(PangeaService.nudgeDrain)
  return answer(toWireDeletion(await DataService.getDeletion(system('deletion'), id)), 202)
})

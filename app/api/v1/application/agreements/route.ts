import { answer, handlePerson, readInput } from '@/app/api/handle'
import type { WireAgreements } from '@/lib/api/answers'
import { AgreementsInput } from '@/lib/api/application'
import { PangeaService } from '@/lib/services'

export const GET = handlePerson(async (person) => {
  const agreements = await PangeaService.getAgreements(person)
  const page = PangeaService.testPageFor(person, agreements.version)
  return answer({ ...agreements, testPage: `/api/v1/application/agreements/test-page?page=${encodeURIComponent(page)}` } satisfies WireAgreements)
})

export const POST = handlePerson(async (person, request) => answer(await PangeaService.recordConsent(person, await readInput(request, AgreementsInput))))

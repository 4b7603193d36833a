import { answer, handlePerson } from '@/app/api/handle'
import { toWireDocument } from '@/app/wire'
import type { WireDocuments } from '@/lib/api/answers'
import { DataService } from '@/lib/services'

export const GET = handlePerson(async (person) => {
  const application = await DataService.findApplication(person)
  return answer({ status: application?.status ?? null, documents: (application?.documents ?? []).map(toWireDocument) } satisfies WireDocuments)
})

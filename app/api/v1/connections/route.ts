import { answer, handlePerson } from '@/app/api/handle'
import { toWireConnection } from '@/app/wire'
import type { Page, WireConnection } from '@/lib/api/answers'
import { DataService } from '@/lib/services'

export const GET = handlePerson(async (person) => {
  const items = (await DataService.listConnections(person)).map(toWireConnection)
  return answer({ items, next: null } satisfies Page<WireConnection>)
})

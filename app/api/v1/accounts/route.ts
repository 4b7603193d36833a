import { answer, handlePerson } from '@/app/api/handle'
import { toWireAccount } from '@/app/wire'
import type { Page, WireAccount } from '@/lib/api/answers'
import { DataService } from '@/lib/services'

export const GET = handlePerson(async (person) => {
  const items = (await DataService.listAccounts(person)).map(toWireAccount)
  return answer({ items, next: null } satisfies Page<WireAccount>)
})

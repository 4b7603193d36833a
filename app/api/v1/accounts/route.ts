import { answer, handlePerson, readQuery } from '@/app/api/handle'
import { toWireAccount } from '@/app/wire'
import { AccountsQuery } from '@/lib/api/accounts'
import type { Page, WireAccount } from '@/lib/api/answers'
import { DataService } from '@/lib/services'

export const GET = handlePerson(async (person, request) => {
  const { hidden } = readQuery(request, AccountsQuery)
  const items = (await DataService.listAccounts(person, { hidden: hidden === 'include' })).map(toWireAccount)
  return answer({ items, next: null } satisfies Page<WireAccount>)
})

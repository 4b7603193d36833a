import { answer, handlePerson, readQuery } from '@/app/api/handle'
import { toWireTransaction } from '@/app/wire'
import type { Page, WireTransaction } from '@/lib/api/answers'
import { TransactionsQuery } from '@/lib/api/transactions'
import { DataService } from '@/lib/services'

export const GET = handlePerson(async (person, request) => {
  const { items, next } = await DataService.listTransactions(person, readQuery(request, TransactionsQuery))
  return answer({ items: items.map(toWireTransaction), next } satisfies Page<WireTransaction>)
})

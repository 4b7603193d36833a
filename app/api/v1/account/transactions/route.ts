import { answer, handlePerson, readQuery } from '@/app/api/handle'
import { toWireBankTransaction } from '@/app/wire-account'
import { AccountPageQuery, type WireBankTransaction } from '@/lib/api/account'
import type { Page } from '@/lib/api/answers'
import { PangeaService } from '@/lib/services'

export const GET = handlePerson(async (person, request) => {
  const { items, next } = await PangeaService.listAccountTransactions(person, readQuery(request, AccountPageQuery))
  return answer({ items: items.map(toWireBankTransaction), next } satisfies Page<WireBankTransaction>)
})

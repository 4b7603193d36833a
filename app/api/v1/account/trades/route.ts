import { answer, handlePerson, handleSensitive, readInput, readQuery } from '@/app/api/handle'
import { toWireTrade } from '@/app/wire-account'
import { AccountPageQuery, StatementInput, type WireStatementLink } from '@/lib/api/account'
import type { Page } from '@/lib/api/answers'
import type { WireTrade } from '@/lib/api/transfers'
import { PangeaService } from '@/lib/services'

export const GET = handlePerson(async (person, request) => {
  const { items, next } = await PangeaService.listTrades(person, readQuery(request, AccountPageQuery))
  return answer({ items: items.map(toWireTrade), next } satisfies Page<WireTrade>)
})

/** Answers a link to a confirmation that the bank makes for this moment. */
export const POST = handleSensitive(async (person, request) =>
  answer((await PangeaService.openTradeConfirmation(person, await readInput(request, StatementInput))) satisfies WireStatementLink)
)

import { answer, handlePerson, handleSensitive, readInput, readQuery } from '@/app/api/handle'
import { toWireStatement } from '@/app/wire-account'
import { AccountPageQuery, StatementInput, type WireStatement, type WireStatementLink } from '@/lib/api/account'
import type { Page } from '@/lib/api/answers'
import { PangeaService } from '@/lib/services'

export const GET = handlePerson(async (person, request) => {
  const { items, next } = await PangeaService.listAccountStatements(person, readQuery(request, AccountPageQuery))
  return answer({ items: items.map(toWireStatement), next } satisfies Page<WireStatement>)
})

/** Answers a link that the bank makes for this moment. */
export const POST = handleSensitive(async (person, request) =>
  answer((await PangeaService.openStatement(person, await readInput(request, StatementInput))) satisfies WireStatementLink)
)

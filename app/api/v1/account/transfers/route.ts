import { answer, handlePerson, handleSensitive, readInput, readQuery } from '@/app/api/handle'
import { toWireTransfer } from '@/app/wire-transfers'
import type { Page } from '@/lib/api/answers'
import { TransferInput, TransfersQuery, type WireTransfer } from '@/lib/api/transfers'
import { DataService, PangeaService } from '@/lib/services'

export const GET = handlePerson(async (person, request) => {
  const { items, next } = await DataService.listTransfers(person, readQuery(request, TransfersQuery))
  return answer({ items: items.map(toWireTransfer), next } satisfies Page<WireTransfer>)
})

/** Answers what is to be confirmed; nothing moves yet. */
export const POST = handleSensitive(async (person, request) =>
  answer(toWireTransfer(await PangeaService.prepareTransfer(person, await readInput(request, TransferInput))))
)

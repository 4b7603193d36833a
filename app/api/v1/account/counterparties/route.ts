import { answer, handlePerson, handleSensitive, readInput } from '@/app/api/handle'
import { toWireCounterparty } from '@/app/wire-transfers'
import { FundingBankInput } from '@/lib/api/transfers'
import { DataService, PangeaService } from '@/lib/services'

export const GET = handlePerson(async (person) => answer({ items: (await DataService.listCounterparties(person)).map(toWireCounterparty) }))

export const POST = handleSensitive(async (person, request) =>
  answer({ items: (await PangeaService.linkFundingBank(person, await readInput(request, FundingBankInput))).map(toWireCounterparty) })
)

import { answer, handleSensitive } from '@/app/api/handle'
import { toWireCounterparty } from '@/app/wire-transfers'
import { PangeaService } from '@/lib/services'

export const POST = handleSensitive<{ id: string }>(async (person, _request, { id }) =>
  answer(toWireCounterparty(await PangeaService.verifyFundingBank(person, id)))
)

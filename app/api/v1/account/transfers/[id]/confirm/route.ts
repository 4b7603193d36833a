import { answer, handleSensitive } from '@/app/api/handle'
import { toWireTransfer } from '@/app/wire-transfers'
import { PangeaService } from '@/lib/services'

export const POST = handleSensitive<{ id: string }>(async (person, _request, { id }) => answer(toWireTransfer(await PangeaService.confirmTransfer(person, id))))

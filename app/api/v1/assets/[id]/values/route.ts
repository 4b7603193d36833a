import { answer, handlePerson, handleSensitive, readInput } from '@/app/api/handle'
import { toWireAsset } from '@/app/wire-numbers'
import { todayHere } from '@/app/writing'
import { AssetValueDay, AssetValueInput } from '@/lib/api/assets'
import { PangeaService } from '@/lib/services'

export const POST = handlePerson<{ id: string }>(async (person, request, { id }) => {
  const [{ value, on }, today] = [await readInput(request, AssetValueInput), await todayHere()]
  return answer(toWireAsset(await PangeaService.valueAsset(person, id, { value, on: on ?? today, today }), today))
})

export const DELETE = handleSensitive<{ id: string }>(async (person, request, { id }) =>
  answer(toWireAsset(await PangeaService.forgetAssetValue(person, id, await readInput(request, AssetValueDay)), await todayHere()))
)

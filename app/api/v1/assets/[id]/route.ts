import { answer, handlePerson, handleSensitive, readInput } from '@/app/api/handle'
import { toWireAsset } from '@/app/wire-numbers'
import { todayHere } from '@/app/writing'
import { AssetChange } from '@/lib/api/assets'
import { DataService, PangeaService } from '@/lib/services'

export const GET = handlePerson<{ id: string }>(async (person, _request, { id }) =>
  answer(toWireAsset(await DataService.getOwnAsset(person, id), await todayHere()))
)

export const PATCH = handlePerson<{ id: string }>(async (person, request, { id }) =>
  answer(toWireAsset(await PangeaService.changeAsset(person, id, await readInput(request, AssetChange)), await todayHere()))
)

export const DELETE = handleSensitive<{ id: string }>(async (person, _request, { id }) => {
  await PangeaService.removeAsset(person, id)
  return answer({ removed: true })
})

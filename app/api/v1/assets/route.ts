import { answer, handlePerson, readInput } from '@/app/api/handle'
import { toWireAsset } from '@/app/wire-numbers'
import { todayHere } from '@/app/writing'
import type { Page } from '@/lib/api/answers'
import { AssetInput, type WireAsset } from '@/lib/api/assets'
import { DataService, PangeaService } from '@/lib/services'

export const GET = handlePerson(async (person) => {
  const today = await todayHere()
  return answer({ items: (await DataService.listOwnAssets(person)).map((one) => toWireAsset(one, today)), next: null } satisfies Page<WireAsset>)
})

export const POST = handlePerson(async (person, request) => {
  const [{ on, ...asset }, today] = [await readInput(request, AssetInput), await todayHere()]
  return answer(toWireAsset(await PangeaService.addAsset(person, { ...asset, on: on ?? today, today }), today))
})

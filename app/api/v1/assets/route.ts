import { route } from '@/app/_lib/route'
import { toWireAsset } from '@/app/wire-numbers'
import { todayHere } from '@/app/writing'
import { pageOf } from '@/lib/api/answers'
import { AssetInput, WireAsset } from '@/lib/api/assets'
import { DataService, PangeaService } from '@/lib/services'

export const GET = route({ auth: 'user', response: pageOf(WireAsset) }, async ({ actor }) => {
  const today = await todayHere()
  return { items: (await DataService.listOwnAssets(actor)).map((one) => toWireAsset(one, today)), next: null }
})

export const POST = route({ auth: 'user', limit: 'asset.change', body: AssetInput, response: WireAsset }, async ({ actor, body: { on, ...asset } }) => {
  const today = await todayHere()
  return toWireAsset(await PangeaService.addAsset(actor, { ...asset, on: on ?? today, today }), today)
})

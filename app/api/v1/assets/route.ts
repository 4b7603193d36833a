import { todayFor } from '@/app/_lib/formatting'
import { route } from '@/app/_lib/route'
import { serializeAsset } from '@/app/_lib/serializers/reports'
import { AssetInput, AssetResponse } from '@/lib/api/assets'
import { pageOf } from '@/lib/api/responses'
import { DataService, PangeaService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Assets and debts the user entered.',
    auth: 'user',
    limit: 'read',
    response: pageOf(AssetResponse)
  },
  async ({ request, actor }) => {
    const today = await todayFor(actor, request)
    return {
      items: (await DataService.listOwnAssets(actor)).map((one) => serializeAsset(one, today)),
      next: null
    }
  }
)

export const POST = route(
  {
    summary: 'Add an asset or a debt.',
    auth: 'user',
    limit: 'asset.change',
    body: AssetInput,
    response: AssetResponse
  },
  async ({ request, actor, creationId: id, body: { on, ...asset } }) => {
    const today = await todayFor(actor, request)
    return serializeAsset(
      await PangeaService.addAsset(actor, { ...asset, id, on: on ?? today, today }),
      today
    )
  }
)

import { todayFor } from '@/app/_lib/formatting'
import { route } from '@/app/_lib/route'
import { serializeAsset } from '@/app/_lib/serializers/reports'
import { AssetResponse, AssetValueInput, DeleteAssetValueInput } from '@/lib/api/assets'
import { ById } from '@/lib/api/params'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Set an asset’s value on a date.',
    auth: 'user',
    limit: 'asset.change',
    params: ById,
    body: AssetValueInput,
    response: AssetResponse
  },
  async ({ request, actor, params, body: { value, on } }) => {
    const today = await todayFor(actor, request)
    return serializeAsset(
      await PangeaService.setAssetValue(actor, params.id, { value, on: on ?? today, today }),
      today
    )
  }
)

export const DELETE = route(
  {
    summary: 'Delete an asset’s value of a date.',
    auth: 'user',
    live: true,
    limit: 'asset.change',
    params: ById,
    body: DeleteAssetValueInput,
    response: AssetResponse
  },
  async ({ request, actor, params, body }) =>
    serializeAsset(
      await PangeaService.deleteAssetValue(actor, params.id, body),
      await todayFor(actor, request)
    )
)

import { todayFor } from '@/app/_lib/formatting'
import { route } from '@/app/_lib/route'
import { serializeAsset } from '@/app/_lib/serializers/reports'
import { AssetResponse, AssetUpdateInput } from '@/lib/api/assets'
import { ById } from '@/lib/api/params'
import { DataService } from '@/lib/services'

export const GET = route(
  {
    summary: 'One asset with its values.',
    auth: 'user',
    limit: 'read',
    params: ById,
    response: AssetResponse
  },
  async ({ request, actor, params }) =>
    serializeAsset(await DataService.getOwnAsset(actor, params.id), await todayFor(actor, request))
)

export const PATCH = route(
  {
    summary: 'Change an asset.',
    auth: 'user',
    limit: 'asset.change',
    params: ById,
    body: AssetUpdateInput,
    response: AssetResponse
  },
  async ({ request, actor, params, body }) => {
    await DataService.updateOwnAsset(actor, params.id, body)
    return serializeAsset(
      await DataService.getOwnAsset(actor, params.id),
      await todayFor(actor, request)
    )
  }
)

export const DELETE = route(
  {
    summary: 'Delete an asset.',
    auth: 'user',
    live: true,
    limit: 'asset.change',
    params: ById,
    response: null
  },
  async ({ actor, params }) => DataService.deleteOwnAsset(actor, params.id)
)

import { route } from '@/app/_lib/route'
import { serializeSync } from '@/app/_lib/serializers/resources'
import { ById } from '@/lib/api/params'
import { SyncResponse } from '@/lib/api/responses'
import { DataService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Progress of a bank’s current synchronisation.',
    auth: 'user',
    limit: 'read',
    params: ById,
    response: SyncResponse
  },
  async ({ actor, params }) => serializeSync(await DataService.getSyncProgress(actor, params.id))
)

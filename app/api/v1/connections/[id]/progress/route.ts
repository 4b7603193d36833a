import { route } from '@/app/_lib/route'
import { toWireSync } from '@/app/_lib/serializers/resources'
import { SyncResponse } from '@/lib/api/responses'
import { ById } from '@/lib/api/params'
import { DataService } from '@/lib/services'

export const GET = route(
  { auth: 'user', params: ById, response: SyncResponse },
  async ({ actor, params }) => toWireSync(await DataService.getSyncProgress(actor, params.id))
)

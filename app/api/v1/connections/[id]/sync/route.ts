import { route } from '@/app/_lib/route'
import { ById } from '@/lib/api/params'
import { SyncRequestResponse } from '@/lib/api/responses'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Ask for a synchronisation of a bank.',
    auth: 'user',
    limit: 'bank.sync',
    params: ById,
    response: SyncRequestResponse,
    enqueues: true
  },
  async ({ actor, params }) => PangeaService.requestSync(actor, params.id)
)

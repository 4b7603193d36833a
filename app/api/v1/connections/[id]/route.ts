import { route } from '@/app/_lib/route'
import { toWireConnection } from '@/app/_lib/serializers/resources'
import { WireConnection, WireDisconnected } from '@/lib/api/responses'
import { DisconnectInput } from '@/lib/api/connections'
import { ById } from '@/lib/api/params'
import { DataService, PangeaService } from '@/lib/services'

export const GET = route(
  { auth: 'user', params: ById, response: WireConnection },
  async ({ actor, params }) => toWireConnection(await DataService.getConnection(actor, params.id))
)

export const DELETE = route(
  {
    auth: 'user',
    live: true,
    limit: 'bank.disconnect',
    params: ById,
    body: DisconnectInput,
    response: WireDisconnected,
    enqueues: true
  },
  async ({ actor, params, body }) => PangeaService.disconnectBank(actor, params.id, body)
)

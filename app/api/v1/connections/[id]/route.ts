import type { StepUpInput } from '@/app/_lib/declaration'
import { route } from '@/app/_lib/route'
import { serializeConnection } from '@/app/_lib/serializers/resources'
import { DisconnectInput } from '@/lib/api/connections'
import { ById } from '@/lib/api/params'
import { ConnectionResponse, DisconnectResponse } from '@/lib/api/responses'
import { DataService, PangeaService } from '@/lib/services'

export const GET = route(
  {
    summary: 'One connected bank.',
    auth: 'user',
    limit: 'read',
    params: ById,
    response: ConnectionResponse
  },
  async ({ actor, params }) =>
    serializeConnection(await DataService.getConnection(actor, params.id))
)

export const DELETE = route(
  {
    summary: 'Disconnect a bank and keep or erase its history.',
    auth: 'user',
    live: true,
    stepUp: {
      within: '10m',
      only: 'history is erase',
      applies: ({ body }: StepUpInput<{ body: DisconnectInput }>) => body.history === 'erase'
    },
    limit: 'bank.disconnect',
    params: ById,
    body: DisconnectInput,
    response: DisconnectResponse,
    enqueues: true
  },
  async ({ actor, params, body }) => PangeaService.disconnectBank(actor, params.id, body)
)

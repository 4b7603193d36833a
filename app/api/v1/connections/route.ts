import { route } from '@/app/_lib/route'
import { serializeConnection } from '@/app/_lib/serializers/resources'
import { ConnectionResponse, pageOf } from '@/lib/api/responses'
import { DataService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Connected banks with their state.',
    auth: 'user',
    limit: 'read',
    response: pageOf(ConnectionResponse)
  },
  async ({ actor }) => ({
    items: (await DataService.listConnections(actor)).map(serializeConnection),
    next: null
  })
)

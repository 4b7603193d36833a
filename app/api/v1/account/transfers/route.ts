import { route } from '@/app/_lib/route'
import { serializeTransfer } from '@/app/_lib/serializers/transfers'
import { pageOf } from '@/lib/api/responses'
import { TransferInput, TransferResponse, TransfersQuery } from '@/lib/api/transfers'
import { DataService, PangeaService } from '@/lib/services'

export const GET = route(
  { auth: 'user', limit: 'read', query: TransfersQuery, response: pageOf(TransferResponse) },
  async ({ actor, query }) => {
    const { items, next } = await DataService.listTransfers(actor, query)
    return { items: items.map(serializeTransfer), next }
  }
)

/** Returns the transfer draft to confirm; moves no money. */
export const POST = route(
  {
    auth: 'user',
    live: true,
    limit: 'transfer.prepare',
    body: TransferInput,
    response: TransferResponse
  },
  async ({ actor, body }) => serializeTransfer(await PangeaService.prepareTransfer(actor, body))
)

import { route } from '@/app/_lib/route'
import { serializeTransfer } from '@/app/_lib/serializers/transfers'
import { pageOf } from '@/lib/api/responses'
import { TransferInput, TransferResponse, TransfersQuery } from '@/lib/api/transfers'
import { DataService, PangeaService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Transfers, newest first.',
    auth: 'user',
    limit: 'read',
    query: TransfersQuery,
    response: pageOf(TransferResponse)
  },
  async ({ actor, query }) => {
    const { items, next } = await DataService.listTransfers(actor, query)
    return { items: items.map(serializeTransfer), next }
  }
)

/** Returns the transfer draft to confirm; moves no money. */
export const POST = route(
  {
    summary: 'Prepare a transfer; no money moves until it is confirmed.',
    auth: 'user',
    live: true,
    limit: 'transfer.prepare',
    body: TransferInput,
    errors: ['not_found'],
    response: TransferResponse
  },
  async ({ actor, body }) => serializeTransfer(await PangeaService.prepareTransfer(actor, body))
)

import { route } from '@/app/_lib/route'
import { serializeTransfer } from '@/app/_lib/serializers/transfers'
import { ById } from '@/lib/api/params'
import { TransferResponse } from '@/lib/api/transfers'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Confirm a prepared transfer, which moves the money.',
    auth: 'user',
    stepUp: '1m',
    limit: 'transfer.confirm',
    params: ById,
    errors: ['refused'],
    response: TransferResponse
  },
  async ({ actor, params }) =>
    serializeTransfer(await PangeaService.confirmTransfer(actor, params.id))
)

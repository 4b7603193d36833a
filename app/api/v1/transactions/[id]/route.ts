import { loadTransaction } from '@/app/_lib/pages/load-transaction'
import { route } from '@/app/_lib/route'
import { ById } from '@/lib/api/params'
import { TransactionDetailResponse, TransactionEditInput } from '@/lib/api/transaction-edits'
import { PangeaService } from '@/lib/services'

export const GET = route(
  {
    summary: 'One transaction with its splits and its other side.',
    auth: 'user',
    limit: 'read',
    params: ById,
    response: TransactionDetailResponse
  },
  async ({ actor, params }) => loadTransaction(actor, params.id)
)

export const PATCH = route(
  {
    summary: 'Edit one transaction.',
    auth: 'user',
    limit: 'transactions.edit',
    params: ById,
    body: TransactionEditInput,
    response: TransactionDetailResponse
  },
  async ({ actor, params, body: { parts: splits, ...edit } }) => {
    await PangeaService.editTransaction(actor, params.id, { ...edit, splits })
    return loadTransaction(actor, params.id)
  }
)

import { route } from '@/app/_lib/route'
import { serializeTrade } from '@/app/_lib/serializers/account'
import { BankAccountPageQuery, StatementInput, StatementLinkResponse } from '@/lib/api/bank-account'
import { pageOf } from '@/lib/api/responses'
import { TradeResponse } from '@/lib/api/transfers'
import { PangeaService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Purchases and maturities of Treasury bills.',
    auth: 'user',
    limit: 'account.read',
    query: BankAccountPageQuery,
    errors: ['not_found'],
    response: pageOf(TradeResponse)
  },
  async ({ actor, query }) => {
    const { items, next } = await PangeaService.listTrades(actor, query)
    return { items: items.map(serializeTrade), next }
  }
)

/** Returns a short-lived link to a trade confirmation from Jiko. */
export const POST = route(
  {
    summary: 'A link to one trade confirmation’s PDF.',
    replay: 'again',
    auth: 'user',
    stepUp: '10m',
    limit: 'account.confirmation',
    body: StatementInput,
    errors: ['not_found'],
    response: StatementLinkResponse
  },
  async ({ actor, body }) => PangeaService.openTradeConfirmation(actor, body)
)

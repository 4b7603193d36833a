import { route } from '@/app/_lib/route'
import { serializeTrade } from '@/app/_lib/serializers/account'
import { BankAccountPageQuery, StatementInput, StatementLinkResponse } from '@/lib/api/bank-account'
import { pageOf } from '@/lib/api/responses'
import { TradeResponse } from '@/lib/api/transfers'
import { PangeaService } from '@/lib/services'

export const GET = route(
  { auth: 'user', query: BankAccountPageQuery, response: pageOf(TradeResponse) },
  async ({ actor, query }) => {
    const { items, next } = await PangeaService.listTrades(actor, query)
    return { items: items.map(serializeTrade), next }
  }
)

/** Answers a link to a confirmation that Jiko makes for this moment. */
export const POST = route(
  {
    auth: 'user',
    live: true,
    limit: 'account.confirmation',
    body: StatementInput,
    response: StatementLinkResponse
  },
  async ({ actor, body }) => PangeaService.openTradeConfirmation(actor, body)
)

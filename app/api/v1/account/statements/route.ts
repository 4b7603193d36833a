import { route } from '@/app/_lib/route'
import { serializeStatement } from '@/app/_lib/serializers/account'
import {
  BankAccountPageQuery,
  StatementInput,
  StatementLinkResponse,
  StatementResponse
} from '@/lib/api/bank-account'
import { pageOf } from '@/lib/api/responses'
import { PangeaService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Monthly statements.',
    auth: 'user',
    limit: 'account.read',
    query: BankAccountPageQuery,
    errors: ['not_found'],
    response: pageOf(StatementResponse)
  },
  async ({ actor, query }) => {
    const { items, next } = await PangeaService.listAccountStatements(actor, query)
    return { items: items.map(serializeStatement), next }
  }
)

/** Returns a short-lived link from Jiko. */
export const POST = route(
  {
    summary: 'A link to one statement’s PDF.',
    replay: 'again',
    auth: 'user',
    stepUp: '10m',
    limit: 'account.statement',
    body: StatementInput,
    errors: ['not_found'],
    response: StatementLinkResponse
  },
  async ({ actor, body }) => PangeaService.openStatement(actor, body)
)

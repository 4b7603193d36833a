import { route } from '@/app/_lib/route'
import { serializeInvestments } from '@/app/_lib/serializers/account'
import { serializeBankAccount } from '@/app/_lib/serializers/resources'
import { InvestmentsResponse, StrategyInput } from '@/lib/api/bank-account'
import { BankAccountResponse } from '@/lib/api/responses'
import { RequestError } from '@/lib/platform/errors'
import { DataService, PangeaService } from '@/lib/services'

export const GET = route(
  {
    summary: 'The Jiko account with its balance and state.',
    auth: 'user',
    limit: 'read',
    errors: ['not_found'],
    response: BankAccountResponse
  },
  async ({ actor }) => {
    const account = await DataService.findBankAccount(actor)
    if (!account) throw new RequestError('not_found', 'You do not have an account yet.')
    return serializeBankAccount(account)
  }
)

export const PATCH = route(
  {
    summary: 'Change how the balance is invested.',
    auth: 'user',
    stepUp: '10m',
    limit: 'account.strategy',
    body: StrategyInput,
    errors: ['not_found'],
    response: InvestmentsResponse
  },
  async ({ actor, body }) => serializeInvestments(await PangeaService.chooseStrategy(actor, body))
)

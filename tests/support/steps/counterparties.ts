import { randomUUID } from 'node:crypto'
import * as BankingService from '@/lib/services/jiko'
import type { RunningEmulator } from '@/sandbox/core/sandbox'

/** Links accounts at Jiko as counterparties and prepares transfers with them. */
export function counterpartyHelpers(
  plaid: () => RunningEmulator,
  customerId: () => string,
  pocketId: () => string
) {
  const KEYS = { clientId: 'jikos-client', secret: 'jikos-secret' }
  async function plaidCall(
    path: string,
    body: object,
    keys = KEYS
  ): Promise<Record<string, never>> {
    const headers = {
      'content-type': 'application/json',
      'plaid-client-id': keys.clientId,
      'plaid-secret': keys.secret
    }
    return (await (
      await fetch(`${plaid().url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    ).json()) as Record<string, never>
  }
  /** A Link session's result: a public token and the account of that kind. */
  async function linked(
    subtype = 'checking',
    password = 'pass_good',
    keys = KEYS
  ): Promise<BankingService.FundingLinkResult> {
    const options = { override_username: 'user_good', override_password: password }
    const first = await plaidCall(
      '/sandbox/public_token/create',
      { institution_id: 'ins_109508', initial_products: ['auth'], options },
      keys
    )
    const { access_token } = await plaidCall(
      '/item/public_token/exchange',
      { public_token: first.public_token },
      keys
    )
    const { accounts } = (await plaidCall('/accounts/get', { access_token }, keys)) as unknown as {
      accounts: { account_id: string; subtype: string }[]
    }
    const { public_token } = await plaidCall('/item/public_token/create', { access_token }, keys)
    const chosen = accounts.find((account) => account.subtype === subtype)
    return {
      publicToken: String(public_token),
      institutionId: 'ins_109508',
      accounts: [{ id: chosen?.account_id ?? '', name: 'Account', mask: null }]
    }
  }
  const counterparty = async (...given: Parameters<typeof linked>) => {
    const [made] = await BankingService.createCounterparties({
      customerId: customerId(),
      linked: await linked(...given)
    })
    if (!made) throw new Error('no counterparty')
    return made
  }
  const order = (
    jikoCounterpartyId: string,
    minor = 10_000n,
    direction: 'in' | 'out' = 'in'
  ): BankingService.TransferRequest => ({
    id: randomUUID(),
    jikoPocketId: pocketId(),
    jikoCounterpartyId,
    direction,
    amount: { minor, currency: 'USD' }
  })
  return { KEYS, plaidCall, linked, counterparty, order }
}

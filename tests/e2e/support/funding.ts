/** Users whose account can receive money from a counterparty. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CounterpartyResponse, TransferResponse } from '@/lib/api/transfers'
import { clientOf } from '@/tests/e2e/support/api'
import { query } from '@/tests/e2e/support/database'
import { stack } from '@/tests/e2e/support/stack'
import type { TestUser } from '@/tests/e2e/support/users'

/** The result of Jiko's own Link; Jiko is a Plaid client itself. */
async function bankLinkResult() {
  const secrets = JSON.parse(readFileSync(join(stack.logs, '..', 'secrets.json'), 'utf8')) as {
    jikoPlaidClientId: string
    jikoPlaidSecret: string
  }
  const headers = {
    'content-type': 'application/json',
    'plaid-client-id': secrets.jikoPlaidClientId,
    'plaid-secret': secrets.jikoPlaidSecret
  }
  const send = async (path: string, body: object) =>
    (await (
      await fetch(`${stack.plaidUrl}${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body)
      })
    ).json()) as Record<string, string>
  const wanted = {
    institution_id: 'ins_109508',
    initial_products: ['auth'],
    options: { override_username: 'user_good', override_password: 'pass_good' }
  }
  const { access_token } = await send(
    '/item/public_token/exchange',
    await pick(send('/sandbox/public_token/create', wanted))
  )
  const { accounts } = (await send('/accounts/get', { access_token })) as unknown as {
    accounts: { account_id: string; name: string; subtype: string }[]
  }
  const checking = accounts.find(({ subtype }) => subtype === 'checking')
  const { public_token } = await send('/item/public_token/create', { access_token })
  return {
    public_token: public_token ?? '',
    institution_id: 'ins_109508',
    accounts: [{ id: checking?.account_id ?? '', name: checking?.name ?? '' }]
  }
}

const pick = async (made: Promise<Record<string, string>>) => ({
  public_token: (await made).public_token
})

/** Links a counterparty through the API. The account must be open. */
export async function linkFundingBank(user: TestUser): Promise<CounterpartyResponse> {
  const { items } = await clientOf(user).postAccountCounterparties({ body: await bankLinkResult() })
  const [bank] = items
  if (!bank) throw new Error('no bank was linked')
  return bank
}

/** Moves the opening of the account and the linking of its banks into the past, as if they had been used for long. */
export async function ageTrust({ userId }: TestUser): Promise<void> {
  for (const table of ['bank_accounts', 'counterparties'])
    await query(
      `update ${table} set created_at = created_at - interval '60 days' where user_id = $1`,
      [userId]
    )
}

/** Confirms a deposit from a counterparty. */
export async function addMoney(user: TestUser, amount: string): Promise<TransferResponse> {
  const { id: bank } = await linkFundingBank(user)
  const { id } = await clientOf(user).postAccountTransfers({
    body: { direction: 'in', bank, amount }
  })
  const reverified = { ...user, bearer: user.freshBearer }
  return clientOf(reverified).postAccountTransfersByIdConfirm({ params: { id } })
}

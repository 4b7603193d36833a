/** Users with an open account and a counterparty for transfers. */

import type { Direction } from '@/lib/domain/transfers/settlement'
import type { Counterparty, Transfer } from '@/lib/domain/transfers/transfer'
import type { UserActor } from '@/lib/domain/users/actor'
import { type BankingService, DataService, PangeaService } from '@/lib/services'
import { completeDraft, SSN } from '@/tests/support/applicant'
import { KEYS, type World } from '@/tests/support/world'

export type FundedUser = { user: UserActor; account: DataService.BankAccount; bank: Counterparty }

/** The result of Jiko's own Link for one login. */
export async function fundingLinkResult(
  world: World,
  password = 'pass_good',
  institutionId = 'ins_109508'
): Promise<BankingService.FundingLinkResult> {
  const { clientId, secret } = KEYS.jikosPlaid
  const ask = async (path: string, body: object) => {
    const headers = {
      'content-type': 'application/json',
      'plaid-client-id': clientId,
      'plaid-secret': secret
    }
    return (await (
      await fetch(`${world.plaid.url}${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body)
      })
    ).json()) as Record<string, never>
  }
  const make = async () => {
    const options = { override_username: 'user_good', override_password: password }
    return String(
      (
        await ask('/sandbox/public_token/create', {
          institution_id: institutionId,
          initial_products: ['auth'],
          options
        })
      ).public_token
    )
  }
  // Account ids belong to the login, and Link shows them; here they are read from the Item, with a
  // token of its own.
  const publicToken = await make()
  const { access_token } = await ask('/item/public_token/exchange', { public_token: publicToken })
  const { accounts } = await ask('/accounts/get', { access_token })
  const { public_token } = await ask('/item/public_token/create', { access_token })
  const checking = (
    accounts as unknown as { account_id: string; name: string; mask: string; subtype: string }[]
  ).find(({ subtype }) => subtype === 'checking')
  return {
    publicToken: String(public_token),
    institutionId,
    accounts: [
      { id: checking?.account_id ?? '', name: checking?.name ?? '', mask: checking?.mask ?? null }
    ]
  }
}

export async function userWithAccount(
  world: World
): Promise<{ user: UserActor; account: DataService.BankAccount }> {
  const user = await world.createUser()
  await completeDraft(user)
  await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
  await PangeaService.onboardUser(user, {})
  const account = await DataService.findBankAccount(user)
  if (!account) throw new Error('the account did not open')
  return { user, account }
}

/** Moves the opening of the account and the linking of every bank into the past. */
export async function ageTrust(world: World, { userId }: UserActor, days = 60): Promise<void> {
  for (const table of ['bank_accounts', 'counterparties'])
    await world.storage.rows(
      `update ${table} set created_at = created_at - $2 * interval '1 day' where user_id = $1`,
      [userId, days]
    )
}

/**
 * A user who can transfer money, with a balance of `cents`. The account and the bank are `days`
 * old: long enough for every limit that protects new ones.
 */
export async function fundedUser(
  world: World,
  { cents = 0, password, days = 60 }: { cents?: number; password?: string; days?: number } = {}
): Promise<FundedUser> {
  const { user, account } = await userWithAccount(world)
  const [bank] = await PangeaService.linkFundingBank(user, await fundingLinkResult(world, password))
  if (!bank) throw new Error('the bank was not linked')
  await ageTrust(world, user, days)
  if (cents) await world.control('jiko', `/pockets/${account.jikoPocketId}/fund`, { cents })
  return { user, account, bank }
}

export const prepareTransfer = (
  { user, bank }: FundedUser,
  direction: Direction,
  minor: bigint
): Promise<Transfer> =>
  PangeaService.prepareTransfer(user, {
    direction,
    counterpartyId: bank.id,
    amount: { minor, currency: 'USD' }
  })

/** Prepares and confirms at once. */
export async function makeTransfer(
  user: FundedUser,
  direction: Direction,
  minor: bigint
): Promise<Transfer> {
  return PangeaService.confirmTransfer(
    user.user,
    (await prepareTransfer(user, direction, minor)).id
  )
}

export type JikoLedger = {
  pockets: { id: string; cents: number }[]
  originations: {
    id: string
    pocketId: string
    direction: string
    cents: number
    status: string
    returnCode: string | null
    reference: string | null
  }[]
}

/** Jiko's data of one account. */
export async function jikoLedgerOf(world: World, { account }: Pick<FundedUser, 'account'>) {
  const ledger = (await world.control('jiko', '/ledger')) as JikoLedger
  return {
    cents: ledger.pockets.find(({ id }) => id === account.jikoPocketId)?.cents ?? 0,
    transfers: ledger.originations.filter(({ pocketId }) => pocketId === account.jikoPocketId)
  }
}

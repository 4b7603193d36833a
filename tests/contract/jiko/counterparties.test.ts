import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import * as BankingService from '@/lib/services/jiko'
import { startPlaid } from '@/sandbox/plaid'
import { openJikoEmulator, resetJikoState } from '@/tests/support/jiko'

const KEYS = { clientId: 'jikos-client', secret: 'jikos-secret' }
const plaid = await startPlaid({
  port: 0,
  dataDir: null,
  clientId: 'ours',
  secret: 'ours',
  otherClients: [KEYS]
})
const bank = await openJikoEmulator({ plaid: { url: plaid.url, ...KEYS } })
const { control } = bank
afterAll(async () => {
  await bank.close()
  await plaid.close()
})

let customerId = ''
let pocketId = ''
beforeEach(async () => {
  await bank.reset()
  resetJikoState()
  customerId = await bank.customer()
  pocketId = (await bank.openPocket(customerId)).id
})

async function plaidCall(path: string, body: object, keys = KEYS): Promise<Record<string, never>> {
  const headers = {
    'content-type': 'application/json',
    'plaid-client-id': keys.clientId,
    'plaid-secret': keys.secret
  }
  return (await (
    await fetch(`${plaid.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
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
    customerId,
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
  jikoPocketId: pocketId,
  jikoCounterpartyId,
  direction,
  amount: { minor, currency: 'USD' }
})

describe('a counterparty', () => {
  it('is linked through Jiko’s own Link token, which our Plaid client cannot use', async () => {
    const { linkToken, expiresAt } = await BankingService.createFundingLink({
      customerId,
      clientName: 'Pangea'
    })
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now())
    const start = await fetch(`${plaid.url}/link/api/start`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ link_token: linkToken })
    })
    expect(await start.json()).toMatchObject({ client_name: 'Pangea', update: null })
    const { publicToken } = await linked()
    expect(
      await plaidCall(
        '/item/public_token/exchange',
        { public_token: publicToken },
        { clientId: 'ours', secret: 'ours' }
      )
    ).toMatchObject({
      error_code: 'INVALID_PUBLIC_TOKEN'
    })
  })

  it('is verified at once, and our client gets neither token nor number', async () => {
    const made = await counterparty()
    expect(made).toMatchObject({
      status: 'VERIFIED',
      verification: 'AUTOMATICALLY_VERIFIED',
      institutionName: 'First Platypus Bank',
      accountType: 'CHECKING'
    })
    expect(JSON.stringify(made)).not.toMatch(/access-|account_number|021000021/)
  })

  it('is verified later when the switch is set', async () => {
    await control('/switches', { counterpartyProof: 'later' })
    const { jikoCounterpartyId, status } = await counterparty()
    expect(status).toBe('IN_PROGRESS')
    expect(await BankingService.getCounterparty({ customerId, jikoCounterpartyId })).toMatchObject({
      status: 'VERIFIED'
    })
  })

  it('cannot be a credit card, nor be linked with a used token or another client’s', async () => {
    await expect(
      BankingService.createCounterparties({ customerId, linked: await linked('credit card') })
    ).rejects.toMatchObject({
      code: 'REFUSED',
      type: 'accounts.id'
    })
    const ours = await linked('checking', 'pass_good', { clientId: 'ours', secret: 'ours' })
    await expect(
      BankingService.createCounterparties({ customerId, linked: ours })
    ).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' })
  })

  it('with a micro-deposit waits for the code, and three wrong codes end the verification', async () => {
    const { jikoCounterpartyId, verification } = await counterparty(
      'checking',
      'microdeposits_code'
    )
    expect(verification).toBe('PENDING_MANUAL_VERIFICATION')
    await expect(BankingService.createTransfer(order(jikoCounterpartyId))).rejects.toMatchObject({
      code: 'REFUSED',
      type: 'counterparty_id'
    })
    const { linkToken } = await BankingService.createFundingLink({
      customerId,
      clientName: 'Pangea',
      jikoCounterpartyId
    })
    const body = JSON.stringify({ link_token: linkToken, code: 'no' })
    for (let n = 0; n < 3; n++)
      await fetch(`${plaid.url}/link/api/verify`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body
      })
    await BankingService.verifyCounterparty({ customerId, jikoCounterpartyId })
    expect(await BankingService.getCounterparty({ customerId, jikoCounterpartyId })).toMatchObject({
      status: 'FAILED',
      verification: 'VERIFICATION_FAILED'
    })
    await expect(
      BankingService.verifyCounterparty({ customerId, jikoCounterpartyId })
    ).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' })
  })

  it('of another customer is not found', async () => {
    const { jikoCounterpartyId } = await counterparty()
    const other = await bank.customer()
    await expect(
      BankingService.getCounterparty({ customerId: other, jikoCounterpartyId })
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import * as BankingService from '@/lib/services/jiko'
import { startPlaid } from '@/sandbox/plaid'
import { openJikoEmulator, resetJikoState } from '@/tests/support/jiko'
import { counterpartyHelpers } from '@/tests/support/steps/counterparties'

const { KEYS, plaidCall, linked, counterparty, order } = counterpartyHelpers(
  () => plaid,
  () => customerId,
  () => pocketId
)
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

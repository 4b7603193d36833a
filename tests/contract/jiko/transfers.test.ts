import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import * as BankingService from '@/lib/services/jiko'
import { startPlaid } from '@/sandbox/plaid'
import { openJikoEmulator, resetJikoState } from '@/tests/support/jiko'
import { counterpartyHelpers } from '@/tests/support/steps/counterparties'

const DAY = 24 * 3_600_000

const { KEYS, counterparty, order } = counterpartyHelpers(
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
const { call, control } = bank
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
/** Moves the clock by days; the client's session ends with them. */
const pass = async (days: number) => {
  await control('/clock', { advance: days * DAY })
  resetJikoState()
}
const events = async () =>
  ((await control('/ledger')).body as { events: { type: string }[] }).events
    .map(({ type }) => type)
    .filter((type) => type.startsWith('transfers.'))

describe('an ACH transfer', () => {
  it('returns 200, keeps its data, and exists once per key', async () => {
    const request = order((await counterparty()).jikoCounterpartyId)
    const first = await BankingService.createTransfer(request)
    expect(first).toMatchObject({
      state: 'submitted',
      status: 'PENDING',
      isKnownStatus: true,
      reference: request.id,
      amount: request.amount,
      direction: 'in'
    })
    expect(await BankingService.createTransfer(request)).toEqual(first)
    expect(await BankingService.listTransfers(pocketId)).toHaveLength(1)
    await control('/switches', { repeatKey: 'conflict' })
    await expect(BankingService.createTransfer(request)).rejects.toMatchObject({ code: 'KEY_USED' })
  })

  it('goes through review and network to settlement, by the emulator’s clock, with one event at the end', async () => {
    const { jikoTransferId } = await BankingService.createTransfer(
      order((await counterparty()).jikoCounterpartyId)
    )
    const seen = new Set<string>()
    for (let day = 0; day < 8; day++) {
      seen.add((await BankingService.listTransfers(pocketId))[0]?.status ?? '')
      await pass(1)
    }
    expect([...seen]).toEqual(['APPROVED', 'IN_TRANSIT', 'PROCESSED'])
    expect(await events()).toEqual(['transfers.ach.in.success'])
    expect(await BankingService.getPocket(pocketId)).toMatchObject({ balance: { minor: 10_000n } })
    const path = `/api/v1/jiko-accounts/${pocketId}/ach-originating/${jikoTransferId}/`
    expect((await bank.asAgain()('GET', path)).body).toMatchObject({
      status: 'PROCESSED',
      sec_code: 'WEB',
      company_entry_description: 'Funding TX'
    })
  })

  it.each([
    ['R01', 10_001n, ['transfers.ach.in.rejected']],
    ['R10', 10_010n, ['transfers.ach.in.success', 'transfers.ach.in.rejected']]
  ])(
    'is returned as %s by its cents, and the pocket’s transactions add up',
    async (returnCode, minor, told) => {
      await BankingService.createTransfer(order((await counterparty()).jikoCounterpartyId, minor))
      await pass(30)
      expect((await BankingService.listTransfers(pocketId))[0]).toMatchObject({
        state: 'returned',
        returnCode
      })
      expect(await events()).toEqual(told)
      const { items } = await BankingService.listPocketTransactions(pocketId)
      const sum = items.reduce((total, { amount }) => total + amount.minor, 0n)
      expect((await BankingService.getPocket(pocketId)).balance?.minor).toBe(sum)
      expect(sum).toBe(0n)
    }
  )

  it('out debits the money at once, and no more than the balance', async () => {
    const { jikoCounterpartyId } = await counterparty()
    await expect(
      BankingService.createTransfer(order(jikoCounterpartyId, 100n, 'out'))
    ).rejects.toMatchObject({ code: 'REFUSED', type: 'amount_usdc' })
    await control(`/pockets/${pocketId}/fund`, { cents: 5_000 })
    await BankingService.createTransfer(order(jikoCounterpartyId, 2_000n, 'out'))
    expect((await BankingService.getPocket(pocketId)).balance?.minor).toBe(3_000n)
    const { items } = await BankingService.listTrades(pocketId)
    expect(items.map(({ sold }) => sold).sort()).toEqual([false, true])
  })

  it.each([
    ['an unknown field', { surprise: true }, 422],
    ['a fraction of a cent', { amount_usdc: 10.5 }, 422],
    ['nothing', { amount_usdc: 0 }, 422],
    ['more than fifty thousand dollars', { amount_usdc: 5_000_001 }, 422],
    ['an unknown direction', { direction: 'PULL' }, 422]
  ])('with %s is refused', async (_, changed, status) => {
    const body = {
      counterparty_id: (await counterparty()).jikoCounterpartyId,
      direction: 'DEBIT',
      amount_usdc: 100,
      ...changed
    }
    expect(
      (await call('POST', `/api/v1/jiko-accounts/${pocketId}/ach-originating/`, body)).status
    ).toBe(status)
  })

  it('is refused for a frozen account', async () => {
    const request = order((await counterparty()).jikoCounterpartyId)
    await control(`/pockets/${pocketId}/status`, { status: 'FROZEN' })
    await expect(BankingService.createTransfer(request)).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED'
    })
  })

  it('is listed by status and direction, page by page', async () => {
    const { jikoCounterpartyId } = await counterparty()
    for (const minor of [100n, 200n, 300n])
      await BankingService.createTransfer(order(jikoCounterpartyId, minor))
    const base = `/api/v1/jiko-accounts/${pocketId}/ach-originating/`
    const first = (await call('GET', `${base}?limit=2`)).body as {
      items: { id: string }[]
      next_page: string
    }
    expect(first.items).toHaveLength(2)
    expect((await call('GET', `${base}?limit=2&cursor=${first.next_page}`)).body).toMatchObject({
      items: [{ amount: { value: 100 } }],
      next_page: null
    })
    expect((await call('GET', `${base}?direction=CREDIT`)).body).toMatchObject({ items: [] })
  })
})

describe('a trade', () => {
  it('has a confirmation behind a ten-minute link, for its own account only', async () => {
    await control(`/pockets/${pocketId}/fund`, { cents: 5_000 })
    const [trade] = (await BankingService.listTrades(pocketId)).items
    const url = await BankingService.findTradeConfirmation(pocketId, trade?.jikoTradeId ?? '')
    expect((await fetch(url ?? '')).headers.get('content-type')).toBe('application/pdf')
    await control('/clock', { advance: 11 * 60_000 })
    expect((await fetch(url ?? '')).status).toBe(403)
    const other = (await bank.openPocket(customerId)).id
    expect(await BankingService.findTradeConfirmation(other, trade?.jikoTradeId ?? '')).toBeNull()
  })
})

it('is refused with an explanation when Jiko runs without Plaid', async () => {
  const alone = await openJikoEmulator()
  const customer = await alone.customer()
  const { status } = await alone.call(
    'POST',
    `/api/v1/customers/${customer}/counterparties/plaid/link-token/`,
    { client_name: 'Pangea' }
  )
  expect(status).toBe(503)
  await alone.close()
})

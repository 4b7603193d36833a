import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'
import { reconcileTransfers } from '@/lib/services/pangea/transfers/compare-transfers'
import { DEFAULT_SWITCHES } from '@/sandbox/jiko/undocumented-switches'
import {
  type FundedUser,
  fundedUser,
  fundingLinkResult,
  jikoLedgerOf,
  makeTransfer,
  prepareTransfer
} from '@/tests/support/funding'
import { transferHelpers } from '@/tests/support/steps/transfers'
import { openWorld, type World } from '@/tests/support/world'

const { read, pass } = transferHelpers(() => world)

let world: World
beforeAll(async () => {
  world = await openWorld()
  await PangeaService.updateWebhookUrls()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.control('jiko', '/switches', DEFAULT_SWITCHES)
  await world.storage.rows('delete from rate_limits')
})
const balanceOf = async ({ user }: FundedUser) =>
  (await DataService.findBankAccount(user))?.balance?.minor
const app = systemActor('test')
const compare = ({ account, user }: FundedUser) =>
  reconcileTransfers(app, {
    id: account.id,
    userId: user.userId,
    jikoPocketId: account.jikoPocketId
  })

describe('adding money', () => {
  test('goes from draft to settled, and the balance rises only then', async () => {
    const user = await fundedUser(world)
    const shown = await prepareTransfer(user, 'in', 25_000n)
    expect(shown).toMatchObject({
      state: 'draft',
      amount: { minor: 25_000n, currency: 'USD' },
      bank: { mask: expect.stringMatching(/^\d{4}$/) }
    })
    expect((await jikoLedgerOf(world, user)).transfers).toEqual([])
    expect(await PangeaService.confirmTransfer(user.user, shown.id)).toMatchObject({
      state: 'submitted'
    })
    expect((await jikoLedgerOf(world, user)).transfers).toMatchObject([
      { cents: 25_000, direction: 'DEBIT', reference: shown.id }
    ])
    expect((await jikoLedgerOf(world, user)).cents).toBe(0)
    await pass(7)
    expect(await read(user, shown.id)).toMatchObject({
      state: 'settled',
      settledAt: expect.any(String)
    })
    expect(await balanceOf(user)).toBe(25_000n)
    const audited = await world.storage.rows(
      `select action from audit_entries join audit_details on audit_id = id where user_id = $1 and action like 'transfer.%' order by created_at`,
      [user.user.userId]
    )
    expect(audited.map(({ action }) => action)).toEqual([
      'transfer.confirmed',
      'transfer.moved',
      'transfer.moved'
    ])
  })

  test('shows a return by the other bank, before or long after settlement', async () => {
    const user = await fundedUser(world)
    const [early, late] = [
      await makeTransfer(user, 'in', 10_001n),
      await makeTransfer(user, 'in', 20_010n)
    ]
    await pass(7)
    expect(await read(user, early.id)).toMatchObject({
      state: 'returned',
      returnCode: 'R01',
      settledAt: null
    })
    expect(await read(user, late.id)).toMatchObject({ state: 'settled' })
    expect(await balanceOf(user)).toBe(20_010n)
    await pass(14)
    expect(await read(user, late.id)).toMatchObject({
      state: 'returned',
      returnCode: 'R10',
      settledAt: expect.any(String)
    })
    expect(await balanceOf(user)).toBe(0n)
  })

  test.each([
    [
      'a return under another word',
      { returnWord: 'REJECTED' as const },
      10_002n,
      'returned',
      'R02'
    ],
    ['a return without a reason', { returnReason: 'none' as const }, 10_003n, 'returned', null],
    ['a rejection', {}, 10_090n, 'rejected', null],
    ['a cancellation', {}, 10_091n, 'canceled', null],
    ['a status in no list on the way', { unknownTransferStatus: true }, 10_000n, 'settled', null]
  ])('ends with the true status after %s', async (_, switches, amount, state, returnCode) => {
    await world.control('jiko', '/switches', switches)
    const user = await fundedUser(world)
    const { id } = await makeTransfer(user, 'in', amount)
    await pass(7)
    expect(await read(user, id)).toMatchObject({ state, returnCode })
    expect(await balanceOf(user)).toBe(state === 'settled' ? amount : 0n)
  })

  test('from a closed account fails: the counterparty must be linked again, and the returned amount frees the limit', async () => {
    const user = await fundedUser(world)
    await makeTransfer(user, 'in', 5_000_000n)
    const { id } = await makeTransfer(user, 'in', 4_900_002n)
    await pass(7)
    expect(await read(user, id)).toMatchObject({ state: 'returned', returnCode: 'R02' })
    expect(await DataService.listCounterparties(user.user)).toMatchObject([{ state: 'unusable' }])
    await expect(prepareTransfer(user, 'in', 4_900_000n)).rejects.toMatchObject({
      fields: { bank: expect.stringContaining('are returned') }
    })
    const [bank] = await PangeaService.linkFundingBank(user.user, await fundingLinkResult(world))
    expect(
      await prepareTransfer({ ...user, bank: bank ?? user.bank }, 'in', 4_900_000n)
    ).toMatchObject({
      state: 'draft'
    })
  })

  test('is polled when no event reports it', async () => {
    await world.control('jiko', '/switches', { pullEvents: 'none' })
    const user = await fundedUser(world)
    const { id } = await makeTransfer(user, 'in', 30_000n)
    await pass(7)
    expect(await read(user, id)).toMatchObject({ state: 'submitted' })
    expect(await compare(user)).toEqual({
      updated: 1,
      differences: { atBankOnly: 0, hereOnly: 0, otherAmount: 0 }
    })
    expect(await read(user, id)).toMatchObject({ state: 'settled' })
  })
})

describe('withdrawing', () => {
  test('debits the balance at once and credits it back on return', async () => {
    const user = await fundedUser(world, { cents: 100_000 })
    const [good, back] = [
      await makeTransfer(user, 'out', 40_000n),
      await makeTransfer(user, 'out', 20_001n)
    ]
    expect((await jikoLedgerOf(world, user)).cents).toBe(39_999)
    await pass(10)
    expect(await read(user, good.id)).toMatchObject({ state: 'settled' })
    expect(await read(user, back.id)).toMatchObject({ state: 'returned', returnCode: 'R01' })
    expect(await balanceOf(user)).toBe(60_000n)
  })

  test('can take the entire balance, however small, and no other small amount', async () => {
    const user = await fundedUser(world, { cents: 50 })
    await expect(prepareTransfer(user, 'out', 49n)).rejects.toMatchObject({
      fields: { amount: 'Enter $1.00 or more' }
    })
    expect(await makeTransfer(user, 'out', 50n)).toMatchObject({ state: 'submitted' })
  })

  test('of more than the balance is refused at the field, before a confirmation', async () => {
    const user = await fundedUser(world, { cents: 5_000 })
    await expect(prepareTransfer(user, 'out', 5_001n)).rejects.toMatchObject({
      code: 'invalid',
      fields: { amount: 'Your account holds $50.00. Enter that or less' }
    })
  })
})

describe('an account that changed at Jiko without a webhook', () => {
  const atBank = ({ account }: FundedUser, path: string, body: object = {}) =>
    world.control('jiko', `/pockets/${account.jikoPocketId}/${path}`, body)

  test('is detected before a draft is shown', async () => {
    const user = await fundedUser(world, { cents: 5_000 })
    await atBank(user, 'empty')
    await expect(prepareTransfer(user, 'out', 5_000n)).rejects.toMatchObject({
      fields: { amount: 'There is no money in your account' }
    })
    expect(await balanceOf(user)).toBe(0n)
    await atBank(user, 'status', { status: 'FROZEN' })
    await expect(prepareTransfer(user, 'in', 5_000n)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('on hold')
    })
    expect(await DataService.findBankAccount(user.user)).toMatchObject({ status: 'FROZEN' })
  })

  test.each<[string, 'in' | 'out', (user: FundedUser) => Promise<unknown>, object]>([
    [
      'ACCOUNT_FROZEN',
      'in',
      (user) => atBank(user, 'status', { status: 'FROZEN' }),
      { status: 'FROZEN' }
    ],
    [
      'ACCOUNT_CLOSED',
      'out',
      (user) => atBank(user, 'status', { status: 'CLOSED' }),
      { status: 'CLOSED' }
    ],
    [
      'INSUFFICIENT_FUNDS',
      'out',
      (user) => atBank(user, 'empty'),
      { status: 'OPEN', balance: { minor: 0n } }
    ]
  ])(
    'explains why a transfer was refused, and shows the current account: %s',
    async (refusedFor, direction, change, account) => {
      const user = await fundedUser(world, { cents: 5_000 })
      const { id } = await prepareTransfer(user, direction, 5_000n)
      await change(user)
      expect(await PangeaService.confirmTransfer(user.user, id)).toMatchObject({
        state: 'refused',
        refusedFor
      })
      expect(await DataService.findBankAccount(user.user)).toMatchObject(account)
    }
  )
})

/** Messages that a sync writes about money at a linked bank. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import * as DataService from '@/lib/services/data'
import {
  account,
  connect,
  newUser,
  page,
  sync,
  transaction,
  usd
} from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const day = (ago: number) => new Date(now().getTime() - ago * 86_400_000).toISOString().slice(0, 10)
const inboxOf = async (user: UserActor) =>
  (await DataService.listMessages(user, { limit: 50 })).items.map(({ kind, data, overAt }) => ({
    kind,
    amounts: data.amounts,
    over: overAt !== null
  }))

/** A bank whose first sync is done. */
async function syncedBank() {
  const user = await newUser()
  const connectionId = await connect(user)
  await sync(storage, connectionId, [page({ added: [transaction('first')] })])
  return { user, connectionId }
}

describe('a large payment', () => {
  const paid = (id: string, more: Parameters<typeof transaction>[1] = {}) =>
    transaction(id, { amount: usd(-120_000n), date: day(1), name: 'ACME', ...more })

  test('is told once, also while it settles and changes', async () => {
    const { user, connectionId } = await syncedBank()
    await sync(storage, connectionId, [page({ added: [paid('p', { pending: true })] })])
    await sync(storage, connectionId, [
      page({ added: [paid('q', { pendingTransactionId: 'p' })], removed: ['p'] })
    ])
    await sync(storage, connectionId, [page({ modified: [paid('q', { name: 'ACME 2' })] })])
    expect(await inboxOf(user)).toEqual([
      {
        kind: 'large_payment',
        amounts: [{ label: 'amount', name: 'ACME', minor: '-120000', currency: 'USD' }],
        over: false
      }
    ])
  })

  test.each<[string, Parameters<typeof transaction>[1]]>([
    ['is smaller', { amount: usd(-99_999n) }],
    ['is money in', { amount: usd(120_000n) }],
    ['is old', { date: day(8) }],
    ['is in another currency', { amount: { minor: -120_000n, currency: 'EUR' } }],
    ['goes to another account of the user', { categoryPrimary: 'TRANSFER_OUT' }],
    [
      'pays a card',
      {
        categoryPrimary: 'LOAN_PAYMENTS',
        categoryDetailed: 'LOAN_PAYMENTS_CREDIT_CARD_PAYMENT'
      }
    ]
  ])('is not told where it %s', async (_, more) => {
    const { user, connectionId } = await syncedBank()
    await sync(storage, connectionId, [page({ added: [paid('p', more)] })])
    expect(await inboxOf(user)).toEqual([])
  })

  test('that the bank brings along is not told', async () => {
    const user = await newUser()
    await sync(storage, await connect(user), [page({ added: [paid('p')] })])
    expect(await inboxOf(user)).toEqual([])
  })
})

describe('a low balance', () => {
  const having = (minor: bigint, more = {}) => ({
    accounts: [account('checking', { available: usd(minor), ...more })]
  })

  test('is told once until the account has enough again', async () => {
    const { user, connectionId } = await syncedBank()
    for (const minor of [10_000n, 9_999n, 5_000n, 10_000n, 1n])
      await sync(storage, connectionId, [], having(minor))
    expect(await inboxOf(user)).toEqual([
      { kind: 'low_balance', amounts: [available('1')], over: false },
      { kind: 'low_balance', amounts: [available('9999')], over: true }
    ])
  })
  const available = (minor: string) => ({
    label: 'available',
    name: 'Account checking',
    minor,
    currency: 'USD'
  })

  test.each([
    ['of a savings account', { subtype: 'savings' }],
    ['of a card', { type: 'credit', subtype: 'credit card' }]
  ])('%s is not told', async (_, more) => {
    const { user, connectionId } = await syncedBank()
    await sync(storage, connectionId, [], having(1n, more))
    expect(await inboxOf(user)).toEqual([])
  })

  test.each<[string, (user: UserActor, connectionId: string) => Promise<unknown>]>([
    ['disconnected', (user, id) => DataService.requestRemoval(user, id, 'keep')],
    [
      'hidden',
      async (user, id) => {
        const [one] = await DataService.listAccounts(user)
        await DataService.saveAccountView(user, one?.id ?? '', { hidden: true })
        await sync(storage, id, [], having(1n))
      }
    ]
  ])('is over when its account is %s', async (_, end) => {
    const { user, connectionId } = await syncedBank()
    await sync(storage, connectionId, [], having(1n))
    await end(user, connectionId)
    expect(await inboxOf(user)).toMatchObject([{ kind: 'low_balance', over: true }])
  })

  test('is of its owner only', async () => {
    const [one, other] = [await syncedBank(), await syncedBank()]
    await sync(storage, one.connectionId, [], having(1n))
    expect(await inboxOf(other.user)).toEqual([])
  })
})

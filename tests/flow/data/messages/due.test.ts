/** Messages that are due at a time: before a payment, and after a week. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { SyncedLiability } from '@/lib/domain/connections/liability'
import { addDays } from '@/lib/domain/periods'
import type { UserActor } from '@/lib/domain/users/actor'
import { advanceClock, now } from '@/lib/platform/clock'
import * as DataService from '@/lib/services/data'
import { tellWaitingUsers } from '@/lib/services/pangea/messages/tell-waiting'
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

const DAY_MS = 86_400_000
let storage: TestStorage
let shifted = 0
const shift = (ms: number) => {
  advanceClock(ms)
  shifted += ms
}
beforeAll(async () => {
  storage = await openTestStorage()
})
afterEach(() => shift(-shifted))
afterAll(() => storage.close())

const today = () => now().toISOString().slice(0, 10)
const inboxOf = async (user: UserActor) =>
  (await DataService.listMessages(user, { limit: 50 })).items.map(({ kind, data, overAt }) => ({
    kind,
    amounts: data.amounts,
    over: overAt !== null
  }))

describe('a payment of a card', () => {
  const card = [account('card', { type: 'credit', subtype: 'credit card' })]
  const terms = (dueOn: string | null, more: Partial<SyncedLiability> = {}): SyncedLiability[] => [
    {
      plaidAccountId: 'card',
      kind: 'credit',
      rates: [],
      currency: 'USD',
      minimum: usd(2_000n),
      dueOn,
      overdue: false,
      statement: null,
      statementOn: null,
      ...more
    }
  ]
  async function cardWith(liabilities: SyncedLiability[]) {
    const user = await newUser()
    const connectionId = await connect(user, { accounts: card })
    const report = (given: SyncedLiability[]) =>
      sync(storage, connectionId, [], { accounts: card, liabilities: given })
    await report(liabilities)
    return { user, report }
  }
  const due = (over: boolean) => ({
    kind: 'bill_due',
    amounts: [{ label: 'minimum', name: 'Account card', minor: '2000', currency: 'USD' }],
    over
  })

  test('is told once, three days before it is due, until the date has passed', async () => {
    const { user } = await cardWith(terms(addDays(today(), 4)))
    await tellWaitingUsers()
    expect(await inboxOf(user)).toEqual([])
    shift(DAY_MS)
    for (let n = 0; n < 2; n++) await tellWaitingUsers()
    expect(await inboxOf(user)).toEqual([due(false)])
    shift(4 * DAY_MS)
    await tellWaitingUsers()
    expect(await inboxOf(user)).toEqual([due(true)])
  })

  test('is over when the bank names another date, which is told in its time', async () => {
    const { user, report } = await cardWith(terms(addDays(today(), 1)))
    await tellWaitingUsers()
    await report(terms(addDays(today(), 31)))
    await tellWaitingUsers()
    expect(await inboxOf(user)).toEqual([due(true)])
    shift(29 * DAY_MS)
    await tellWaitingUsers()
    expect(await inboxOf(user)).toEqual([due(false), due(true)])
  })

  test('stays open while the bank calls it overdue', async () => {
    const dueOn = addDays(today(), 1)
    const { user, report } = await cardWith(terms(dueOn))
    await tellWaitingUsers()
    shift(3 * DAY_MS)
    await report(terms(dueOn, { overdue: true }))
    await tellWaitingUsers()
    expect(await inboxOf(user)).toEqual([due(false)])
  })

  test('of nothing is not told', async () => {
    const { user } = await cardWith(terms(today(), { minimum: usd(0n) }))
    await tellWaitingUsers()
    expect(await inboxOf(user)).toEqual([])
  })
})

describe('the summary of a week', () => {
  /** Moves the clock to the next Monday at this hour. @returns the week before. */
  function toMonday(hour: number) {
    const at = now()
    const days = (8 - at.getUTCDay()) % 7
    const monday = addDays(today(), days)
    shift(Date.parse(`${monday}T${String(hour).padStart(2, '0')}:30:00Z`) - at.getTime())
    return { from: addDays(monday, -7), to: addDays(monday, -1) }
  }
  async function userWith(rows: Parameters<typeof transaction>[1][]): Promise<UserActor> {
    const user = await newUser()
    const added = rows.map((row, n) => transaction(`row-${n}`, row))
    await sync(storage, await connect(user), [page({ added })])
    return user
  }

  test('has income and spending of its seven days, once', async () => {
    const { from, to } = toMonday(14)
    const user = await userWith([
      { date: from, amount: usd(-1_000n) },
      { date: to, amount: usd(-250n) },
      { date: to, amount: usd(90_000n), categoryPrimary: 'INCOME' },
      { date: addDays(from, -1), amount: usd(-7_777n) },
      { date: addDays(to, 1), amount: usd(-7_777n) },
      { date: to, amount: usd(-50_000n), categoryPrimary: 'TRANSFER_OUT' },
      { date: to, amount: usd(-300n), pending: true }
    ])
    for (let n = 0; n < 2; n++) await tellWaitingUsers()
    expect(await inboxOf(user)).toEqual([
      {
        kind: 'weekly_summary',
        amounts: [
          { label: 'in', currency: 'USD', minor: '90000' },
          { label: 'out', currency: 'USD', minor: '-1250' }
        ],
        over: false
      }
    ])
  })

  test('is not told before Monday’s morning, nor of a week without income and spending', async () => {
    const { from, to } = toMonday(12)
    const early = await userWith([{ date: from }])
    await tellWaitingUsers()
    expect(await inboxOf(early)).toEqual([])
    shift(DAY_MS / 24)
    const [nothing, moved] = [
      await userWith([{ date: addDays(from, -1) }]),
      await userWith([{ date: to, categoryPrimary: 'TRANSFER_OUT' }])
    ]
    await tellWaitingUsers()
    expect((await inboxOf(early)).map(({ kind }) => kind)).toEqual(['weekly_summary'])
    expect([await inboxOf(nothing), await inboxOf(moved)]).toEqual([[], []])
  })
})

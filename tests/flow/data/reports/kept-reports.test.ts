/** Reports that are kept show every change at once, in any order of changes. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { SyncedAccount, SyncPage } from '@/lib/domain/connections/sync-page'
import { today } from '@/lib/domain/dates'
import { addDays, monthOf, monthPeriods, monthsUntil } from '@/lib/domain/periods'
import type { UserActor } from '@/lib/domain/users/actor'
import { advanceClock, now } from '@/lib/platform/clock'
import * as DataService from '@/lib/services/data'
import { resetSingletons } from '@/tests/support/environment'
import { claimRun, listAll, page, type result, sync, usd } from '@/tests/support/fixtures/data'
import { type Household, ownTransferHelpers } from '@/tests/support/steps/own-transfers'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

const DAY_MS = 86_400_000

let storage: TestStorage
const { ACCOUNTS, row, householdWith } = ownTransferHelpers(() => storage)
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())
beforeEach(() => resetSingletons('reports', 'clock'))

const day = () => today('UTC', now())
const ago = (days: number) => addDays(day(), -days)

/** A salary, a monthly payment, two coffees and a transfer between own accounts. */
const household = () =>
  householdWith([
    row(`salary ${randomUUID()}`, 'checking', 250_000n, {
      date: ago(3),
      categoryPrimary: 'INCOME'
    }),
    ...[2, 32, 62].map((days) =>
      row(`rent ${days} ${randomUUID()}`, 'checking', -90_000n, {
        date: ago(days),
        merchantName: 'Elm Court',
        categoryPrimary: 'RENT_AND_UTILITIES'
      })
    ),
    ...[1, 2].map((days) =>
      row(`coffee ${days} ${randomUUID()}`, 'card', -450n, {
        date: ago(days),
        merchantName: 'Corner Roast',
        categoryPrimary: 'FOOD_AND_DRINK'
      })
    ),
    row(`to savings ${randomUUID()}`, 'checking', -20_000n, { date: ago(4) }),
    row(`from checking ${randomUUID()}`, 'savings', 20_000n, { date: ago(4) })
  ])

async function readAll(user: UserActor) {
  const on = day()
  const periods = monthPeriods(monthOf(on), on)
  const long = { from: ago(70), to: on }
  return {
    cashFlow: await DataService.getCashFlow(user, monthsUntil(monthOf(on), 4)),
    spending: await DataService.getSpending(user, { current: long, previous: periods.previous }),
    merchants: await DataService.listTopMerchants(user, {
      period: long,
      currency: 'USD',
      limit: 5
    }),
    recurring: await DataService.listRecurring(user, on),
    history: await DataService.getNetWorthHistory(user, { range: '3m', timeZone: 'UTC' }),
    historyElsewhere: await DataService.getNetWorthHistory(user, {
      range: '3m',
      timeZone: 'Pacific/Kiritimati'
    })
  }
}

async function readUncached(user: UserActor) {
  resetSingletons('reports')
  return readAll(user)
}

const named = async (user: UserActor, start: string) => {
  const found = (await listAll(user, {}, 200)).find(({ name }) => name.startsWith(start))
  if (!found) throw new Error(`no ${start}`)
  return found
}
const accountNamed = async (user: UserActor, name: string) =>
  (await DataService.listAccounts(user, { hidden: true })).find((one) => one.name === name)?.id ??
  ''
const [CHECKING, ...OTHER_ACCOUNTS] = ACCOUNTS as [SyncedAccount, ...SyncedAccount[]]

/** A sync that no page is told of before it found something. */
const syncInBackground = (
  connectionId: string,
  { pages = [], ...more }: Parameters<typeof result>[0] & { pages?: SyncPage[] } = {}
) => sync(storage, connectionId, pages, { accounts: ACCOUNTS, ...more }, 'webhook')

const RULE = {
  match: 'contains',
  text: 'corner',
  accountId: null,
  flow: null,
  category: 'TRAVEL',
  merchant: null,
  excluded: null
} as const

type Change = (given: Household) => Promise<unknown>
const CHANGES: [string, Change][] = [
  [
    'an edit',
    async ({ user }) =>
      DataService.saveEdit(
        user,
        { ids: [(await named(user, 'coffee 1')).id] },
        { change: { category: 'MEDICAL', merchant: 'Clinic' }, changeId: randomUUID() }
      )
  ],
  [
    'a split',
    async ({ user }) =>
      DataService.saveSplits(user, (await named(user, 'rent 2')).id, [
        { minor: -80_000n, category: null, note: null },
        { minor: -10_000n, category: 'ENTERTAINMENT', note: null }
      ])
  ],
  ['a rule', ({ user }) => DataService.saveRule(user, { id: randomUUID(), isNew: true }, RULE)],
  [
    'a pair that is undone',
    async ({ user }) =>
      DataService.savePairChoice(user, (await named(user, 'to savings')).id, false)
  ],
  [
    'a hidden account',
    async ({ user }) =>
      DataService.saveAccountView(user, await accountNamed(user, 'Rewards Card'), { hidden: true })
  ],
  [
    'a sync with a new, a changed and a removed row',
    async ({ user, connectionId }) => {
      const removed = await storage.rows<{ id: string }>(
        `select plaid_transaction_id as id from transactions where user_id = $1 and name like 'rent 62%'`,
        [user.userId]
      )
      const added = row(`cinema ${randomUUID()}`, 'savings', -3_000n, {
        date: ago(5),
        categoryPrimary: 'ENTERTAINMENT'
      })
      return syncInBackground(connectionId, {
        pages: [page({ added: [added], removed: removed.map(({ id }) => id) })]
      })
    }
  ],
  [
    'a sync with another balance',
    ({ connectionId }) =>
      syncInBackground(connectionId, {
        accounts: [{ ...CHECKING, current: usd(55_555n) }, ...OTHER_ACCOUNTS]
      })
  ],
  [
    'a sync with a payment that Plaid found',
    async ({ user, connectionId }) => {
      const coffee = await named(user, 'coffee 1')
      return syncInBackground(connectionId, {
        streams: [
          {
            plaidAccountId: 'card',
            plaidStreamId: 'coffee',
            cadence: 'weekly',
            nextOn: addDays(day(), 5),
            fixed: true,
            // Each row is named by its id at Plaid.
            plaidTransactionIds: [coffee.name]
          }
        ]
      })
    }
  ],
  [
    'balances of a sync that fails',
    async ({ connectionId }) =>
      DataService.saveBalances(await claimRun(storage, connectionId), [
        { ...CHECKING, current: usd(77_777n) }
      ])
  ],
  [
    'an own asset',
    ({ user }) =>
      DataService.createOwnAsset(user, {
        name: 'Car',
        kind: 'vehicle',
        currency: 'USD',
        value: { on: ago(20), minor: 900_000n }
      })
  ],
  [
    'balances that are recorded, of the day before',
    async ({ user }) => {
      await storage.rows(
        `update linked_accounts set balances_at = now() - interval '1 day' where user_id = $1`,
        [user.userId]
      )
      return DataService.recordBalances({ limit: 100 })
    }
  ]
]
/** These need not change a report. */
const QUIET: [string, Change][] = [
  ['a sync that finds nothing', ({ connectionId }) => syncInBackground(connectionId)],
  [
    'balances that are recorded again, an hour later',
    async ({ user }) => {
      await storage.rows(
        `update linked_accounts set balances_at = balances_at + interval '1 hour' where user_id = $1`,
        [user.userId]
      )
      return DataService.recordBalances({ limit: 100 })
    }
  ],
  [
    'balances that are recorded again, at once',
    async ({ connectionId }) => {
      await syncInBackground(connectionId)
      return DataService.recordBalances({ limit: 100 })
    }
  ]
]
const ANOTHER_DAY: [string, Change] = ['another day', async () => advanceClock(DAY_MS)]

let neighborhood: Promise<Household> | undefined
const neighbors = () => (neighborhood ??= household())

test.each(CHANGES)('%s is seen at once', async (_, change) => {
  const given = await household()
  const { user: neighbor } = await neighbors()
  const [before, theirs] = [await readAll(given.user), await readAll(neighbor)]
  await change(given)
  const after = await readAll(given.user)
  expect(after).not.toEqual(before)
  const shown = await readAll(neighbor)
  expect(after).toEqual(await readUncached(given.user))
  expect(shown).toEqual(await readUncached(neighbor))
  expect(theirs.cashFlow).toEqual(shown.cashFlow)
})

test('another day is seen at once', async () => {
  const { user } = await household()
  const before = await readAll(user)
  advanceClock(DAY_MS)
  const after = await readAll(user)
  expect(after).not.toEqual(before)
  expect(after).toEqual(await readUncached(user))
})

test('whatever changes in whatever order, kept figures are those of the rows', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...CHANGES, ...QUIET, ANOTHER_DAY], { minLength: 6 }),
      async (changes) => {
        resetSingletons('reports', 'clock')
        const given = await household()
        for (const [name, change] of changes) {
          // Some changes need rows that an earlier one hid or removed.
          const done = await change(given).then(
            () => name,
            () => `${name}, refused`
          )
          const shown = await readAll(given.user)
          expect(shown, done).toEqual(await readUncached(given.user))
        }
      }
    ),
    { numRuns: 3 }
  )
}, 120_000)

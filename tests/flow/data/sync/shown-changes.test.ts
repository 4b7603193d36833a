/** Which syncs tell open pages that something changed, and drop kept reports. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { SyncedAccount, SyncPage } from '@/lib/domain/connections/sync-page'
import type { UserActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import * as DataService from '@/lib/services/data'
import { resetSingletons } from '@/tests/support/environment'
import {
  account,
  app,
  claimRun,
  connect,
  newUser,
  page,
  result,
  sync,
  transaction,
  usd,
  userVersionOf
} from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import { onStatement } from '@/xata/client'

const MINUTE = 60_000

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())
afterEach(() => resetSingletons('clock'))

const ACCOUNTS: [SyncedAccount, ...SyncedAccount[]] = [
  account('checking', { current: usd(500_000n) }),
  account('fund', { type: 'investment', subtype: 'brokerage' }),
  account('card', { type: 'credit', subtype: 'credit card' })
]
const [CHECKING, ...OTHERS] = ACCOUNTS

const WRITE = /(?:insert into|update|delete from) "?(?!of\b|set\b)(\w+)/g
/** Compared by lib/services/data/sync/shown-state.ts, or counted as transactions. */
const NOTICED = [
  'bank_connections',
  'investment_transactions',
  'liabilities',
  'linked_accounts',
  'messages',
  'quarantine',
  'recurring_streams',
  'security_holdings',
  'sync_runs',
  'transaction_edits',
  'transactions',
  'user_changes'
]
/** `notices` are e-mails. */
const NOT_SHOWN = ['audit_details', 'audit_entries', 'notices', 'sync_pages']

type Given = { user: UserActor; connectionId: string }
type Found = Parameters<typeof result>[0]

/** A user whose bank was synced a moment ago. */
async function synced(): Promise<Given> {
  const user = await newUser()
  const connectionId = await connect(user, { accounts: ACCOUNTS })
  await sync(storage, connectionId, [page({ added: [transaction('a')] })], { accounts: ACCOUNTS })
  return { user, connectionId }
}

/** A sync that a webhook asked for. */
const syncAfterWebhook = ({ connectionId }: Given, more: Found = {}, pages: SyncPage[] = []) =>
  sync(storage, connectionId, pages, { accounts: ACCOUNTS, ...more }, 'webhook')

async function raisedBy({ user }: Given, run: () => Promise<unknown>): Promise<number> {
  const before = await userVersionOf(user)
  await run()
  return (await userVersionOf(user)) - before
}

describe('a sync that a webhook asked for', () => {
  test('is not told of if it finds nothing, and stores its time', async () => {
    const given = await synced()
    const before = await DataService.getConnection(given.user, given.connectionId)
    expect(await raisedBy(given, () => syncAfterWebhook(given))).toBe(0)
    const after = await DataService.getConnection(given.user, given.connectionId)
    expect(after.sync).toMatchObject({ status: 'completed', trigger: 'webhook' })
    expect(String(after.lastSyncedAt) > String(before.lastSyncedAt)).toBe(true)
  })

  test('is told of once in five minutes, for its time', async () => {
    const given = await synced()
    const nothing = () => raisedBy(given, () => syncAfterWebhook(given))
    advanceClock(4 * MINUTE)
    expect(await nothing()).toBe(0)
    advanceClock(2 * MINUTE)
    expect([await nothing(), await nothing()]).toEqual([1, 0])
  })

  test('is told of by its last commit if it finds a transaction', async () => {
    const given = await synced()
    const run = await claimRun(storage, given.connectionId, MINUTE, 'webhook')
    const staged = () => DataService.stagePage(run, 0, page({ added: [transaction('another')] }))
    expect(await raisedBy(given, staged)).toBe(0)
    const committed = () => DataService.commitSync(run, result({ accounts: ACCOUNTS }))
    expect(await raisedBy(given, committed)).toBe(1)
  })

  test.each<[string, Found]>([
    ['a balance', { accounts: [{ ...CHECKING, current: usd(500_001n) }, ...OTHERS] }],
    ['the name of an account', { accounts: [{ ...CHECKING, name: 'Renamed' }, ...OTHERS] }],
    ['a closed account', { accounts: OTHERS }],
    ['a new account', { accounts: [...ACCOUNTS, account('new')] }],
    ['a low balance', { accounts: [{ ...CHECKING, current: usd(1n) }, ...OTHERS] }],
    ['an error of the Item', { status: 'error', errorCode: 'INSTITUTION_DOWN' }],
    ['the state of the history', { history: 'INITIAL_UPDATE_COMPLETE' }],
    ['a product with consent', { products: ['transactions', 'liabilities'] }],
    [
      'the terms of a card',
      {
        liabilities: [
          {
            plaidAccountId: 'card',
            kind: 'credit',
            rates: [],
            currency: 'USD',
            minimum: usd(2_500n),
            dueOn: '2026-12-01',
            overdue: false,
            statement: null,
            statementOn: null
          }
        ]
      }
    ],
    [
      'a holding',
      {
        holdings: [
          {
            plaidAccountId: 'fund',
            plaidSecurityId: 'fund-a',
            name: 'Fund A',
            ticker: null,
            type: null,
            quantity: '2',
            price: '10',
            pricedOn: null,
            value: usd(2_000n),
            cost: null,
            currency: 'USD'
          }
        ]
      }
    ],
    [
      'a transaction of an investment account',
      {
        investmentTransactions: {
          from: '2026-01-01',
          rows: [
            {
              plaidAccountId: 'fund',
              plaidTransactionId: 'deposit',
              date: '2026-02-01',
              name: 'Deposit',
              kind: 'cash',
              subtype: null,
              amount: usd(2_000n),
              quantity: null,
              price: null,
              fees: null,
              ticker: null
            }
          ]
        }
      }
    ],
    [
      'a payment that Plaid found',
      {
        streams: [
          {
            plaidAccountId: 'checking',
            plaidStreamId: 'rent',
            cadence: 'monthly',
            nextOn: '2026-12-01',
            fixed: true,
            plaidTransactionIds: ['a']
          }
        ]
      }
    ]
  ])('is told of if it changes %s, and not when it finds the same again', async (_, found) => {
    const given = await synced()
    const ran = () => raisedBy(given, () => syncAfterWebhook(given, found))
    expect(await ran()).toBeGreaterThan(0)
    expect(await ran()).toBe(0)
  })

  test('is told of if a row of the bank could not be read, and when it can', async () => {
    const given = await synced()
    const { quarantine } = page({})
    const unread = quarantine ? [quarantine(transaction('odd'), 'UNREADABLE')] : []
    const ran = (...pages: SyncPage[]) => raisedBy(given, () => syncAfterWebhook(given, {}, pages))
    expect(await ran(page({ quarantined: unread }))).toBe(1)
    expect(await ran()).toBe(0)
    expect(await ran(page({ removed: ['odd'] }))).toBe(1)
  })

  test('writes only tables whose changes are noticed', async () => {
    const { connectionId } = await synced()
    const run = await claimRun(storage, connectionId, MINUTE, 'webhook')
    await DataService.stagePage(run, 0, page({ added: [transaction('one more')] }))
    const found = new Set<string>()
    const stop = onStatement((text) => {
      for (const [, table = ''] of text.matchAll(WRITE)) found.add(table)
    })
    await DataService.commitSync(run, result({ accounts: ACCOUNTS })).finally(stop)
    expect([...found].sort()).toEqual([...NOTICED, ...NOT_SHOWN].sort())
  })

  test('is told of at the end, after one that failed', async () => {
    const given = await synced()
    const failed = await claimRun(storage, given.connectionId, MINUTE, 'webhook')
    const failure = { service: 'plaid', code: 'ODD', retryable: false, retryAfterMs: null }
    await DataService.failSync(failed, failure)
    expect(await raisedBy(given, () => syncAfterWebhook(given))).toBe(1)
  })

  test('is told of when it is tried again, and at the end', async () => {
    const given = await synced()
    const first = await claimRun(storage, given.connectionId, MINUTE, 'webhook')
    const failure = { service: 'plaid', code: 'ODD', retryable: true, retryAfterMs: null }
    await DataService.failSync(first, failure)
    expect(await raisedBy(given, () => syncAfterWebhook(given))).toBe(2)
  })

  test('is not told of if its lease was lost', async () => {
    const given = await synced()
    const run = await claimRun(storage, given.connectionId, MINUTE, 'webhook')
    const lost = { ...run, leaseToken: randomUUID() }
    const changed = result({ accounts: OTHERS })
    expect(await raisedBy(given, () => DataService.commitSync(lost, changed))).toBe(0)
  })
})

describe('a sync that a user waits for', () => {
  test('is told of when it is requested, when it starts and when it ends', async () => {
    const given = await synced()
    const { user, connectionId } = given
    const requested = () => DataService.requestSync(user, connectionId, 'person')
    expect(await raisedBy(given, requested)).toBe(1)
    let run: DataService.SyncRun | undefined
    const started = async () => {
      run = await claimRun(storage, connectionId)
    }
    expect(await raisedBy(given, started)).toBe(1)
    const ended = () =>
      DataService.commitSync(run as DataService.SyncRun, result({ accounts: ACCOUNTS }))
    expect(await raisedBy(given, ended)).toBe(1)
  })

  test('is told of when it starts, also if a webhook asked for it before', async () => {
    const given = await synced()
    const { user, connectionId } = given
    await DataService.requestSync(app, connectionId, 'webhook')
    await DataService.requestSync(user, connectionId, 'person')
    expect(await raisedBy(given, () => claimRun(storage, connectionId))).toBe(1)
  })
})

describe('a balance that is recorded', () => {
  test('is told of on a new day, with another amount and in another quarter of an hour, in which a local day can begin', async () => {
    const given = await synced()
    const reported = async (time: string, minor = 500_000) => {
      await storage.rows(
        `update linked_accounts set balances_at = (current_date - 1) + $1::time at time zone 'UTC', current_minor = $2
         where plaid_account_id = 'checking' and user_id = $3`,
        [time, minor, given.user.userId]
      )
      return raisedBy(given, () => DataService.recordBalances({ limit: 1_000 }))
    }
    const told: number[] = []
    for (const time of ['09:46', '09:59', '10:00']) told.push(await reported(time))
    told.push(await reported('10:01', 400_000), await reported('10:02', 400_000))
    expect(told).toEqual([1, 0, 1, 1, 0])
    const [kept] = await storage.rows<{ time: string }>(
      `select to_char(max(taken_at at time zone 'UTC'), 'HH24:MI') as time from balance_snapshots where user_id = $1 and taken_on = current_date - 1`,
      [given.user.userId]
    )
    expect(kept?.time).toBe('10:02')
  })
})

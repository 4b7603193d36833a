import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { QuarantinedRow } from '@/lib/domain/connections/sync-page'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import {
  account,
  auditActionsOf,
  connect,
  newUser,
  page,
  sync,
  transaction,
  usd,
  userVersionOf
} from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import { onStatement } from '@/xata/client'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const listed = async (user: UserActor) =>
  (await DataService.listTransactions(user, { limit: 200 })).items
const linked = async () => {
  const user = await newUser()
  return { user, connectionId: await connect(user) }
}

describe('commitSync', () => {
  test('writes rows, balances, cursor, status, counts, audit and change together and ends the run', async () => {
    const { user, connectionId } = await linked()
    const before = await userVersionOf(user)
    const pages = [page({ added: [transaction('a'), transaction('b')] })]
    const { committed } = await sync(storage, connectionId, pages, {
      nextCursor: 'c1',
      accounts: [account('checking', { current: usd(9_007_199_254_740_993n) })]
    })
    expect(committed).toEqual({ applied: true, added: 2, modified: 0, removed: 0 })
    expect((await listed(user)).map(({ name }) => name).sort()).toEqual(['Payment a', 'Payment b'])
    expect((await DataService.listAccounts(user))[0]?.current).toEqual(usd(9_007_199_254_740_993n))
    const connection = await DataService.getConnection(user, connectionId)
    expect(connection).toMatchObject({
      cursor: 'c1',
      status: 'good',
      history: 'HISTORICAL_UPDATE_COMPLETE',
      sync: { status: 'completed', added: 2 }
    })
    expect(connection.lastSyncedAt).toMatch(/^\d{4}-.*Z$/)
    expect(await auditActionsOf(storage, user)).toContain('sync.completed')
    expect(await userVersionOf(user)).toBeGreaterThan(before)
    expect(
      await storage.rows(
        'select 1 from sync_pages p join sync_runs r on r.id = p.run_id where r.connection_id = $1',
        [connectionId]
      )
    ).toEqual([])
  })

  test('without a page stores balances, cursor and completion, with fewer statements, and keeps every row', async () => {
    const { user, connectionId } = await linked()
    const pages = [page({ added: [transaction('a')] })]
    await sync(storage, connectionId, pages)
    const statements: string[] = []
    const stop = onStatement((sql) => statements.push(sql))
    const { committed } = await sync(storage, connectionId, [], {
      nextCursor: 'c2',
      accounts: [account('checking', { current: usd(77n) })]
    }).finally(stop)
    expect(committed).toEqual({ applied: true, added: 0, modified: 0, removed: 0 })
    expect(statements.filter((sql) => sql.includes('insert into "sync_pages"'))).toEqual([])
    expect(statements.filter((sql) => sql.includes('insert into "transactions"'))).toEqual([])
    expect(await DataService.listAccounts(user)).toMatchObject([{ current: usd(77n) }])
    expect(await listed(user)).toMatchObject([{ name: 'Payment a' }])
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      cursor: 'c2',
      sync: { status: 'completed', added: 0 }
    })
  })

  test('without a page releases accounts that could not be read before', async () => {
    const { connectionId } = await linked()
    const unread = { kind: 'account', vendorId: 'x', code: 'X', body: '{}', mappingVersion: 1 }
    const held = () =>
      storage.rows(`select kind from quarantine where connection_id = $1`, [connectionId])
    await sync(storage, connectionId, [page({ quarantined: [unread as QuarantinedRow] })])
    expect(await held()).toEqual([{ kind: 'account' }])
    await sync(storage, connectionId, [])
    expect(await held()).toEqual([])
  })

  test('uses the last page that contains a transaction', async () => {
    const { user, connectionId } = await linked()
    const pages = [
      page({
        added: [transaction('a', { name: 'first' }), transaction('gone'), transaction('back')]
      }),
      page({ modified: [transaction('a', { name: 'second' })], removed: ['gone', 'back'] }),
      page({
        added: [transaction('back', { name: 'back again' })],
        modified: [transaction('a', { name: 'third' })]
      })
    ]
    expect((await sync(storage, connectionId, pages)).committed).toMatchObject({
      added: 2,
      modified: 0,
      removed: 0
    })
    expect((await listed(user)).map(({ name }) => name).sort()).toEqual(['back again', 'third'])
  })

  test('within a page, prefers a row to the removal of the same id, and a later row to an earlier one', async () => {
    const { user, connectionId } = await linked()
    await sync(storage, connectionId, [
      page({
        added: [transaction('a', { name: 'old' })],
        modified: [transaction('a', { name: 'new' })],
        removed: ['a']
      })
    ])
    expect((await listed(user)).map(({ name }) => name)).toEqual(['new'])
  })

  test('a pending transaction keeps its row when it settles, in the same run, in the next, and after it was removed', async () => {
    const { user, connectionId } = await linked()
    await sync(storage, connectionId, [
      page({ added: [transaction('p1', { pending: true }), transaction('p2', { pending: true })] })
    ])
    const [first, second] = await Promise.all(
      ['Payment p1', 'Payment p2'].map(
        async (name) => (await listed(user)).find((row) => row.name === name)?.id
      )
    )
    await sync(storage, connectionId, [page({ removed: ['p2'] })])
    const settled = [
      transaction('t1', { pendingTransactionId: 'p1', name: 'one' }),
      transaction('t2', { pendingTransactionId: 'p2', name: 'two' })
    ]
    const together = [
      page({ added: [transaction('p3', { pending: true })] }),
      page({ added: [transaction('t3', { pendingTransactionId: 'p3', name: 'three' })] })
    ]
    const { committed } = await sync(storage, connectionId, [
      page({ added: settled, removed: ['p1'] }),
      ...together
    ])
    expect(committed).toMatchObject({ added: 1, modified: 2, removed: 0 })
    const rows = await listed(user)
    expect(Object.fromEntries(rows.map(({ name, id }) => [name, id]))).toMatchObject({
      one: first,
      two: second
    })
    expect(rows.map(({ name }) => name).sort()).toEqual(['one', 'three', 'two'])
    expect(rows.some(({ pending }) => pending)).toBe(false)
  })

  test('a pending transaction repeated after it settled is not listed twice', async () => {
    const { user, connectionId } = await linked()
    await sync(storage, connectionId, [page({ added: [transaction('p', { pending: true })] })])
    await sync(storage, connectionId, [
      page({ added: [transaction('t', { pendingTransactionId: 'p' })] })
    ])
    await sync(storage, connectionId, [page({ modified: [transaction('p', { pending: true })] })])
    expect((await listed(user)).map(({ name }) => name)).toEqual(['Payment t'])
  })

  test('a transaction removed in one run and added again in a later one is the same row', async () => {
    const { user, connectionId } = await linked()
    await sync(storage, connectionId, [page({ added: [transaction('a')] })])
    const [{ id } = { id: '' }] = await listed(user)
    expect(
      (await sync(storage, connectionId, [page({ removed: ['a', 'never seen'] })])).committed
    ).toMatchObject({ removed: 1 })
    expect(await listed(user)).toEqual([])
    await sync(storage, connectionId, [page({ added: [transaction('a')] })])
    expect((await listed(user)).map((row) => row.id)).toEqual([id])
  })

  test('unchanged rows are not written again', async () => {
    const { connectionId } = await linked()
    await sync(storage, connectionId, [page({ added: [transaction('a'), transaction('b')] })])
    const { committed } = await sync(storage, connectionId, [
      page({ modified: [transaction('a'), transaction('b', { amount: usd(-1n) })] })
    ])
    expect(committed).toMatchObject({ added: 0, modified: 1, removed: 0 })
  })

  test('a missing account leaves the list, its transactions stay, and transactions of an unknown account are kept', async () => {
    const { user, connectionId } = await linked()
    await sync(storage, connectionId, [page({ added: [transaction('a')] })], {
      accounts: [account('checking'), account('savings')]
    })
    await sync(
      storage,
      connectionId,
      [page({ added: [transaction('b', { plaidAccountId: 'unheard of' })] })],
      { accounts: [account('savings')] }
    )
    expect((await DataService.listAccounts(user)).map(({ name }) => name)).toEqual([
      'Account savings'
    ])
    expect((await listed(user)).map(({ name, accountName }) => [name, accountName]).sort()).toEqual(
      [
        ['Payment a', 'Account checking'],
        ['Payment b', 'Closed account']
      ]
    )
    await sync(storage, connectionId, [], { accounts: [] })
    expect(await DataService.listAccounts(user)).toHaveLength(1)
  })

  test('an account that returns under its own id has its earlier transactions, and later removals apply', async () => {
    const connectionId = await connect(await newUser(), {
      accounts: [account('checking'), account('savings')]
    })
    const both = { accounts: [account('checking'), account('savings')] }
    await sync(
      storage,
      connectionId,
      [
        page({
          added: [
            transaction('t1', { plaidAccountId: 'savings' }),
            transaction('t2', { plaidAccountId: 'savings' })
          ]
        })
      ],
      both
    )
    await sync(storage, connectionId, [page({})], { accounts: [account('checking')] })
    await sync(storage, connectionId, [page({})], both)
    const { committed } = await sync(storage, connectionId, [page({ removed: ['t1'] })], both)
    expect(committed.removed).toBe(1)
    const rows = await storage.rows(
      'select plaid_transaction_id as id from transactions where connection_id = $1 and removed_at is null',
      [connectionId]
    )
    expect(rows).toEqual([{ id: 't2' }])
  })

  test('the same Plaid ids at two connections are two transactions', async () => {
    const { user, connectionId } = await linked()
    const other = await connect(user)
    await sync(storage, connectionId, [page({ added: [transaction('a')] })])
    await sync(storage, other, [page({ added: [transaction('a')] })])
    await sync(storage, other, [page({ removed: ['a'] })])
    expect((await listed(user)).map((row) => row.connectionId)).toEqual([connectionId])
  })
})

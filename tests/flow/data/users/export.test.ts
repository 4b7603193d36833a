import { getTableColumns } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createZip } from '@/app/_lib/export-zip'
import * as DataService from '@/lib/services/data'
import { EXPORTS, isExported } from '@/lib/services/data/users/export-tables'
import { adminActor } from '@/tests/support/actors'
import { readZip } from '@/tests/support/files/zip'
import {
  account,
  app,
  connect,
  newUser,
  sync,
  transaction,
  usd
} from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import * as schema from '@/xata/schema'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const bytesOf = async (stream: ReadableStream<Uint8Array>) =>
  Buffer.from(await new Response(stream).arrayBuffer())
const unzipped = async (user: Awaited<ReturnType<typeof newUser>>) =>
  readZip(await bytesOf(createZip(DataService.listExportFiles(user))))
const json = <T = Record<string, unknown>>(files: Map<string, string>, name: string): T[] =>
  JSON.parse(files.get(`${name}.json`) ?? 'null') as T[]

async function withBank(more: Parameters<typeof transaction>[1] = {}) {
  const user = await newUser()
  const connectionId = await connect(user)
  await sync(storage, connectionId, [
    {
      added: [transaction('t1', more), transaction('t2', { amount: usd(5n) })],
      modified: [],
      removed: []
    }
  ])
  await DataService.saveDraft(user, {
    name: { firstName: 'Ada', middleName: null, lastName: 'Okafor' }
  })
  return { user, connectionId }
}

describe('data export', () => {
  test('contains each table as JSON and CSV with one row per user-owned row, and none of other users', async () => {
    const { user } = await withBank()
    const other = await withBank({ name: 'Somebody else' })
    const files = await unzipped(user)
    expect(json(files, 'transactions')).toHaveLength(2)
    expect(
      json(files, 'transactions').find(({ plaidTransactionId }) => plaidTransactionId === 't1')
    ).toMatchObject({
      amount: '-12.50',
      currency: 'USD',
      bookedOn: '2026-03-04',
      pending: false
    })
    expect(json(files, 'linked-accounts')).toMatchObject([
      { current: '100.00', name: 'Account checking' }
    ])
    expect(json(files, 'application-answers')).toContainEqual({
      question: 'name',
      field: 'lastName',
      answer: 'Okafor'
    })
    expect(json(files, 'users')).toMatchObject([{ id: user.userId }])
    expect(json(files, 'audit-entries').map(({ action }) => action)).toContain('connection.stored')
    expect(files.get('transactions.csv')?.split('\r\n')[0]).toContain('plaidTransactionId')
    expect(files.get('transactions.csv')?.trim().split('\r\n')).toHaveLength(3)
    expect(files.get('README.txt')).toContain('everything Pangea stores')
    const all = [...files.values()].join('\n')
    for (const foreign of [other.user.userId, other.connectionId, 'Somebody else'])
      expect(all).not.toContain(foreign)
    for (const name of files.keys())
      if (name.endsWith('.json')) expect(files.has(name.replace('.json', '.csv')), name).toBe(true)
  })

  test('shows an admin’s actions as an admin’s, without their reasons', async () => {
    const { user } = await withBank()
    const admin = adminActor(await newUser())
    await DataService.recordAccess(admin, { userId: user.userId, reason: 'Suspected fraud' })
    const files = await unzipped(user)
    const log = json<{ action: string; actorKind: string; detail: object }>(files, 'audit-entries')
    expect(log.find(({ action }) => action === 'admin.person_viewed')).toMatchObject({
      actorKind: 'admin',
      detail: {}
    })
    expect(log.find(({ action }) => action === 'connection.stored')).toMatchObject({
      actorKind: 'person'
    })
    expect([...files.values()].join('\n')).not.toContain('Suspected fraud')
    expect([...files.values()].join('\n')).not.toContain(admin.userId)
  })

  test('contains no bank credential in any column of any table', async () => {
    const { user, connectionId } = await withBank()
    const token = await DataService.getAccessToken(app, connectionId)
    const [secret] = await storage.rows<{ sealed: string }>(
      'select sealed_access_token as sealed from connection_secrets where user_id = $1',
      [user.userId]
    )
    const all = [...(await unzipped(user)).values()].join('\n')
    expect(all).not.toContain(token)
    expect(all).not.toContain(secret?.sealed)
    const shown = Object.values(EXPORTS)
      .filter(isExported)
      .flatMap(({ table, omitted: withheld }) =>
        Object.keys(getTableColumns(table)).filter((key) => !withheld.includes(key))
      )
    expect(shown.length).toBeGreaterThan(80)
    expect(
      shown.filter((key) => /sealed|token|secret|hash|key$|^lease|cursor|userId/i.test(key))
    ).toEqual([])
  })

  test('contains the encrypted names of own assets as text', async () => {
    const user = await newUser()
    const value = { on: '2026-01-01', minor: 5n }
    const asset = { name: '12 Elm Street', kind: 'home', currency: 'USD', value } as const
    await DataService.createOwnAsset(user, asset)
    const files = await unzipped(user)
    expect(json(files, 'own-assets')).toMatchObject([{ name: '12 Elm Street', kind: 'home' }])
    expect(files.get('own-assets.csv')).toContain('12 Elm Street')
  })

  test('covers every table or states why not, and withholds only existing columns', async () => {
    expect(Object.keys(EXPORTS).sort()).toEqual(Object.keys(schema).sort())
    for (const entry of Object.values(EXPORTS)) {
      if (!isExported(entry)) expect(entry.notExported.length).toBeGreaterThan(10)
      else
        expect(Object.keys(getTableColumns(entry.table))).toEqual(
          expect.arrayContaining([
            ...entry.omitted.filter(
              (key) => !['userId', 'runAt', 'leaseUntil', 'leaseToken'].includes(key)
            ),
            ...entry.orderBy
          ])
        )
    }
  })

  test('prevents formulas from running in a spreadsheet', async () => {
    const { user } = await withBank({
      name: '=HYPERLINK("http://evil.example","Refund")',
      merchantName: '+1 800 ☕, "café"'
    })
    const csv = (await unzipped(user)).get('transactions.csv') ?? ''
    expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"",""Refund"")"`)
    expect(csv).toContain(`"'+1 800 ☕, ""café"""`)
    expect(csv).toContain(',-12.50,')
  })

  test('pages without losing or repeating a row, whatever the order', async () => {
    const user = await newUser()
    await connect(user, { accounts: [account('checking')] })
    const many = `from linked_accounts, generate_series(1, 4500) n where user_id = $1`
    await storage.rows(
      `insert into transactions (id, user_id, connection_id, account_id, plaid_transaction_id, amount_minor, currency, booked_on, name, pending)
       select gen_random_uuid(), user_id, connection_id, id, 'row-' || n, n, 'JPY', date '2026-01-01' + (n % 7), 'n', false ${many}`,
      [user.userId]
    )
    await storage.rows(
      `insert into link_events (id, user_id, type, created_at) select gen_random_uuid(), user_id, 'exit', now() ${many}`,
      [user.userId]
    )
    const files = await unzipped(user)
    const ids = json<{ plaidTransactionId: string; amount: string }>(files, 'transactions')
    expect(new Set(ids.map(({ plaidTransactionId }) => plaidTransactionId)).size).toBe(4_500)
    expect(ids).toHaveLength(4_500)
    expect(ids.find(({ plaidTransactionId }) => plaidTransactionId === 'row-77')?.amount).toBe('77')
    expect(json(files, 'link-events'), 'all of the same moment').toHaveLength(4_500)
  })

  test('a user without data gets empty lists', async () => {
    const files = await unzipped(await newUser())
    expect(json(files, 'transactions')).toEqual([])
    expect(files.get('rules.csv')?.trim().split('\r\n')).toHaveLength(1)
  })
})

/** Long enough to detect continued reading. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 500; turn++) await new Promise((done) => setImmediate(done))
}

describe('the export file', () => {
  const endless = (read: { pages: number }) => [
    {
      name: 'rows',
      columns: ['n'],
      async *pages() {
        for (; read.pages < 400; read.pages++)
          yield Array.from({ length: 1_000 }, () => ({ n: crypto.randomUUID() }))
      }
    }
  ]

  test('is produced no faster than it is read, and stops when the client disconnects', async () => {
    const read = { pages: 0 }
    const reader = createZip(endless(read)).getReader()
    for (let chunk = 0; chunk < 4; chunk++) await reader.read()
    await turns()
    const ahead = read.pages
    expect(ahead).toBeLessThan(40)
    await reader.cancel()
    await turns()
    expect(read.pages).toBeLessThan(ahead + 5)
  })

  test('is not held up by clients that stop reading theirs', async () => {
    const stalled = Array.from({ length: 20 }, () => createZip(endless({ pages: 0 })).getReader())
    await Promise.all(stalled.map((reader) => reader.read()))
    const files = await readZip(await bytesOf(createZip(endless({ pages: 399 }))))
    expect(json(files, 'rows')).toHaveLength(1_000)
    await Promise.all(stalled.map((reader) => reader.cancel()))
  })

  test('that ends early is invalid', async () => {
    const failing = [
      {
        name: 'rows',
        columns: ['n'],
        async *pages() {
          yield [{ n: 1 }]
          throw new Error('the storage went away')
        }
      }
    ]
    await expect(bytesOf(createZip(failing))).rejects.toThrow()
  })
})

/** Search with the index on words finds exactly what reading every row finds. */
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import { findCandidates } from '@/lib/services/data/transactions/search'
import { matchesFilter } from '@/lib/services/data/transactions/transaction-sql'
import { selectTransactions } from '@/lib/services/data/transactions/transactions'
import { account, listAll, transaction, userWith } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import { openDatabase } from '@/xata/client'
import { openTcp } from '@/xata/drivers/tcp'
import { migrate } from '@/xata/migrate'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const PIECES = ['Coffee', 'coff', 'BAR', '100%', 'r_s', 'Café', 'ÉÀ', '"q"', 'a\\b', '東京', 'x']
const text = fc
  .array(fc.constantFrom(...PIECES, ' ', '-', '7'), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(''))
const maybe = fc.option(text, { freq: 2 })
const anyRow = fc.record({
  name: text,
  merchantName: maybe,
  note: maybe,
  merchant: maybe,
  tag: maybe,
  partNote: maybe,
  removed: fc.boolean()
})
type AnyRow = typeof anyRow extends fc.Arbitrary<infer Row> ? Row : never

const NAMES = ['name', 'merchantName', 'note', 'merchant', 'tag', 'partNote'] as const

/** Some of the words of a row, or of none. */
const wordsIn = (rows: AnyRow[]) =>
  fc
    .tuple(fc.constantFrom(...rows.flatMap((row) => NAMES.map((name) => row[name] ?? 'x'))), text)
    .map(([found, other]) => [found, found.slice(1, 5), `${found} ${other}`, other])

async function store(rows: AnyRow[]): Promise<UserActor> {
  const user = await userWith(
    storage,
    [account('checking')],
    rows.map(({ name, merchantName }, n) => transaction(`${n}`, { name, merchantName }))
  )
  const ids = await storage.rows<{ id: string; n: string }>(
    'select id, plaid_transaction_id as n from transactions where user_id = $1',
    [user.userId]
  )
  for (const { id, n } of ids) {
    const { note, merchant, tag, partNote, removed } = rows[Number(n)] as AnyRow
    const change = { note, merchant, ...(tag ? { addTags: [tag] } : {}) }
    await DataService.saveEdit(user, { ids: [id] }, { change, changeId: randomUUID() })
    if (partNote)
      await DataService.saveSplits(user, id, [
        { minor: -1_000n, category: null, note: partNote },
        { minor: -250n, category: null, note: null }
      ])
    if (removed)
      await storage.rows('update transactions set removed_at = now() where id = $1', [id])
  }
  return user
}

const rowId = ({ id, split }: DataService.TransactionView) => `${id} ${split?.n ?? 1}`
const found = async (user: UserActor, q: string) => (await listAll(user, { q }, 200)).map(rowId)
/** The condition without the index, as it was before. */
const readEveryRow = async (user: UserActor, q: string) =>
  (
    await selectTransactions(
      user,
      matchesFilter(user, { q }),
      sql`t.booked_on desc, t.id desc, coalesce(p.n, 1)`
    )
  ).map(rowId)

/** A user with that many rows called Coffee, and one called Espresso. */
async function withManyRows(count: number): Promise<UserActor> {
  const user = await userWith(storage, [account('checking')], [transaction('espresso')])
  await storage.rows(
    `insert into transactions (id, user_id, connection_id, account_id, plaid_transaction_id, amount_minor, currency, booked_on, name, pending)
     select gen_random_uuid(), user_id, connection_id, account_id, 'n' || n, 1, currency, booked_on, 'Coffee ' || n, false
     from transactions, generate_series(1, $2::int) n where user_id = $1`,
    [user.userId, count]
  )
  return user
}

test('any text is found in the same rows with the index as without it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(anyRow, { minLength: 1, maxLength: 8 })
        .chain((rows) => fc.tuple(fc.constant(rows), fc.array(wordsIn(rows), { minLength: 3 }))),
      async ([rows, searches]) => {
        const user = await store(rows)
        for (const q of new Set(searches.flat()))
          expect(await found(user, q), q).toEqual(await readEveryRow(user, q))
      }
    ),
    { numRuns: 8, seed: 17 }
  )
}, 120_000)

describe('the index', () => {
  test('answers with the rows of the rarest word, and not for a word that most rows have', async () => {
    const user = await withManyRows(600)
    expect(await findCandidates(user, { q: 'coffee' })).toBeNull()
    expect(await findCandidates(user, { q: 'of' })).toBeNull()
    expect(await findCandidates(user, { q: 'zanzibar' })).toEqual([])
    expect(await findCandidates(user, { q: 'coffee espresso' })).toHaveLength(1)
    expect(await found(user, 'coffee')).toEqual(await readEveryRow(user, 'coffee'))
    expect((await DataService.summarizeTransactions(user, { q: 'coffee' })).count).toBe(600)
    expect((await DataService.summarizeTransactions(user, { q: 'espresso' })).count).toBe(1)
    expect(await DataService.hasMoreTransactions(user, { q: 'espresso' }, 0)).toBe(true)
    expect(await DataService.hasMoreTransactions(user, { q: 'zanzibar' }, 0)).toBe(false)
  })

  test('knows rows that a sync has just written, before any index entry was sorted in', async () => {
    const user = await userWith(storage, [account('checking')], [transaction('quiet-harbour')])
    expect(await findCandidates(user, { q: 'harbour' })).toHaveLength(1)
  })

  test('is left out, and every search finds the same, where the server lacks it', async () => {
    const user = await withManyRows(3)
    const before = await found(user, 'coffee')
    await storage.rows('drop index transaction_parts_text')
    expect(await findCandidates(user, { q: 'coffee' })).toBeNull()
    expect(await found(user, 'coffee')).toEqual(before)
    await migrate(storage.databaseUrl)
    expect(await findCandidates(user, { q: 'coffee' })).toHaveLength(3)
  })
})

describe('search_transactions()', () => {
  const search = async (scope: { userId: string } | 'every_user') => {
    const db = openDatabase(openTcp(storage.databaseUrl))
    try {
      const { rows } = await db.run(
        scope,
        sql`select coalesce(jsonb_array_length(search_transactions('secretword', 500)), -1)`
      )
      return Number(rows[0]?.[0])
    } finally {
      await db.close()
    }
  }

  test('finds the rows of the set user only, and is refused to the system', async () => {
    const named = [transaction('secretword')]
    const alice = await userWith(storage, [account('checking')], named)
    await userWith(storage, [account('checking')], [...named, transaction('secretword 2')])
    expect(await search({ userId: alice.userId })).toBe(1)
    expect(await search({ userId: '' })).toBe(0)
    expect(await search({ userId: 'unknown' })).toBe(0)
    await expect(search('every_user')).rejects.toMatchObject({ code: '42501' })
  })
})

/**
 * The database's own filter by user. Each filter of each statement that a user causes is removed in
 * turn; no row of another user is returned or changed.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as DataService from '@/lib/services/data'
import { createEverything, type Fixture } from '@/tests/flow/data/row-level-security/every-table'
import { READS, WRITES } from '@/tests/flow/data/row-level-security/verbs'
import { resetSingletons } from '@/tests/support/environment'
import { app } from '@/tests/support/fixtures/data'
import { captureLogs } from '@/tests/support/leaks'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import { createMutator, type Mutant } from '@/tests/support/without-user-filter'
import { openDatabase } from '@/xata/client'
import { openHttp } from '@/xata/drivers/http'
import { openTcp } from '@/xata/drivers/tcp'

type Victim = Fixture & { rowId: string; splitId: string; accountId: string }
const secrets: string[] = []
let storage: TestStorage
let tables: { name: string; owner: string }[]
let mutator: ReturnType<typeof createMutator>
let victim: Victim
let other: Victim
beforeAll(async () => {
  storage = await openTestStorage()
  tables = await readTables()
  victim = await withRowIds(await createEverything(storage))
  other = await withRowIds(await createEverything(storage))
  secrets.push(...(await idsOf(victim)), victim.user.userId, victim.mark)
  const { DATABASE_URL = '', XATA_GATEWAY_URL = '', XATA_TRANSPORT } = process.env
  const inner =
    XATA_TRANSPORT === 'http' ? openHttp(DATABASE_URL, XATA_GATEWAY_URL) : openTcp(DATABASE_URL)
  mutator = createMutator(inner)
  await storage.anotherProcess().close()
  Reflect.set(globalThis, Symbol.for('pangea.database'), openDatabase(mutator.transport))
  // Refused statements are expected.
  captureLogs()
})
afterAll(() => storage.close())

async function withRowIds(fixture: Fixture): Promise<Victim> {
  const { user } = fixture
  const { items } = await DataService.listTransactions(user, { limit: 10 })
  const [account] = await DataService.listAccounts(user)
  return {
    ...fixture,
    rowId: items.find(({ name }) => name === 'Payment left')?.id ?? '',
    splitId: items.find(({ split }) => split)?.id ?? '',
    accountId: account?.id ?? ''
  }
}

/** The tables of users, with the column that names the owner. */
const readTables = () =>
  storage.rows<{ name: string; owner: string }>(
    `select table_name as name, column_name as owner from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'public' and table_type = 'BASE TABLE' and (column_name = 'user_id' or (table_name, column_name) in (('users', 'id'), ('own_asset_values', 'asset_id'))) order by 1`
  )

/** Every row of the victim's, by table. */
async function snapshot(): Promise<Record<string, string | null>> {
  const parts = tables.map(
    ({ name, owner }) =>
      `select '${name}' as name, (select string_agg(t::text, ' ' order by t::text) from "${name}" t where ${owner}${name === 'own_asset_values' ? '::text' : ''} = $${name === 'own_asset_values' ? 2 : 1}) as rows`
  )
  const rows = await storage.rows<{ name: string; rows: string | null }>(
    parts.join(' union all '),
    [victim.user.userId, victim.assetId]
  )
  return Object.fromEntries(rows.map(({ name, rows }) => [name, rows]))
}

async function idsOf({ user }: Fixture): Promise<string[]> {
  const withIds = await storage.rows<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name in ('id', 'user_id') group by 1 having count(*) = 2`
  )
  const found = await storage.rows<{ id: string }>(
    withIds
      .filter(({ name }) => name !== 'plaid_api_events')
      .map(({ name }) => `select id::text from "${name}" where user_id = $1`)
      .join(' union all '),
    [user.userId]
  )
  return found.map(({ id }) => id)
}

const textOf = (value: unknown) =>
  JSON.stringify(value ?? null, (_, part) => (typeof part === 'bigint' ? `${part}` : part))
/** The result, or the error: both are what the other user would see. */
const answerOf = async (run: () => unknown): Promise<string> => {
  resetSingletons('reports')
  try {
    return textOf(await run())
  } catch (thrown) {
    const { code, message } = thrown as { code?: string; message: string }
    return `${code} ${message.includes(' in ') ? '' : message}`
  }
}
const leaksIn = (answer: string) => secrets.filter((secret) => answer.includes(secret))

/** Runs a verb without a filter, once for each filter of each of its statements, and without any. */
async function mutantsOf(run: () => unknown): Promise<(Mutant | 'all')[]> {
  mutator.mutant = null
  mutator.seen.clear()
  await answerOf(run)
  const statements = [...mutator.seen]
  return statements.flatMap(([sql, filters]) => [
    ...Array.from({ length: filters }, (_, filter) => ({ sql, filter })),
    ...(filters > 1 ? ['all' as const] : [])
  ])
}

const counts = { mutants: 0, visible: 0 }

test('the other user has rows in every table of users', async () => {
  const rows = await snapshot()
  const empty = Object.keys(rows).filter((name) => rows[name] === null)
  expect(empty).toEqual(
    ['audit_log', 'deletion_requests', 'sync_pages'].filter((name) => name in rows)
  )
})

describe('without its filter, a read answers the same', () => {
  test.each(Object.keys(READS))('%s', async (name) => {
    const run = () => READS[name]?.(other.user, victim)
    const mutants = await mutantsOf(run)
    const expected = await answerOf(run)
    expect(leaksIn(expected)).toEqual([])
    for (const mutant of mutants) {
      mutator.mutant = mutant
      expect(await answerOf(run), textOf(mutant)).toBe(expected)
      mutator.unprotected = true
      if ((await answerOf(run)) !== expected) counts.visible++
      mutator.unprotected = false
      counts.mutants++
    }
    mutator.mutant = null
  })
})

describe('without its filter, a write leaves the rows of other users alone', () => {
  test.each(Object.keys(WRITES))('%s', async (name) => {
    const before = await snapshot()
    // With the victim's ids, and with the user's own, which reach every statement.
    for (const target of [victim, other]) {
      const run = () => WRITES[name]?.(other.user, target)
      for (const mutant of await mutantsOf(run)) {
        mutator.mutant = mutant
        expect(leaksIn(await answerOf(run)), textOf(mutant)).toEqual([])
        expect(await snapshot(), textOf(mutant)).toEqual(before)
        counts.mutants++
      }
      mutator.mutant = null
      expect(await snapshot()).toEqual(before)
    }
  })
})

test('there were mutants, and without row-level security they would have been seen', () => {
  process.stdout.write(
    `row-level security: ${counts.mutants} filters removed, ${counts.visible} reads would have answered differently\n`
  )
  expect(counts.mutants).toBeGreaterThan(100)
  expect(counts.visible).toBeGreaterThan(30)
})

test('the system still works on the rows of every user', async () => {
  expect(await DataService.requestSync(app, victim.connectionId, 'test')).toBeTruthy()
})

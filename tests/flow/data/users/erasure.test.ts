import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as DataService from '@/lib/services/data'
import { app, connect, newUser, sync, transaction } from '@/tests/support/fixtures/data'
import { columnsContaining } from '@/tests/support/leaks'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

/** Tables without a cascade from `users`, each with what happens to a user's rows. */
const BESIDE: Record<string, string> = {
  consent_evidence: 'keyed digests instead of the user’s id and address',
  audit_entries: 'kept, without the user’s id',
  audit_details: 'kept under an anonymous id',
  audit_seals: 'digests',
  audit_checkpoints: 'digests',
  audit_log: 'moves to the audit entries',
  system_jobs: 'about no user',
  vendor_events: 'deleted',
  rate_limits: 'deleted, by the end of the key',
  webhook_deliveries: 'deleted, by the user’s ids at vendors',
  deletion_requests: 'loses the user id on completion',
  institutions: 'about banks',
  sync_pages: 'goes with its run'
}

test('every table either cascades from its user or is listed with its rule', async () => {
  const tables = await storage.rows<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`
  )
  const cascades = await storage.rows<{ child: string; parent: string }>(
    `select conrelid::regclass::text as child, confrelid::regclass::text as parent from pg_constraint where contype = 'f' and confdeltype = 'c' and connamespace = 'public'::regnamespace`
  )
  const gone = new Set(['users'])
  for (let more = true; more; ) {
    const next = cascades.filter(({ child, parent }) => gone.has(parent) && !gone.has(child))
    for (const { child } of next) gone.add(child)
    more = next.length > 0
  }
  expect(tables.length).toBeGreaterThan(15)
  expect(
    tables.map(({ name }) => name).filter((name) => !gone.has(name) && !(name in BESIDE))
  ).toEqual([])
})

async function claimed(userId: string) {
  await DataService.requestDeletion(app, { userId, origin: 'admin' })
  // A deletion waits for the e-mail about it.
  await storage.rows(`update notices set status = 'completed' where user_id = $1`, [userId])
  const deletion = await DataService.claimDeletion(app, { leaseMs: 60_000 })
  if (deletion?.userId !== userId) throw new Error('claimed another one')
  return deletion
}

test('nothing is erased while a bank is linked, and everything once none is, many rows or few', async () => {
  const user = await newUser()
  const connectionId = await connect(user)
  await sync(storage, connectionId, [
    { added: [transaction('t1'), transaction('t2')], modified: [], removed: [] }
  ])
  const deletion = await claimed(user.userId)
  expect(await DataService.eraseUser(deletion)).toBe(false)
  expect((await DataService.listTransactions(user, { limit: 10 })).items).toHaveLength(2)

  await storage.rows('update bank_connections set removed_at = now() where id = $1', [connectionId])
  await storage.rows(
    `insert into transactions (id, user_id, connection_id, account_id, plaid_transaction_id, amount_minor, currency, booked_on, name, pending)
     select gen_random_uuid(), user_id, connection_id, id, 'many-' || n, 1, 'USD', '2026-01-01', 'n', false from linked_accounts, generate_series(1, 6000) n where user_id = $1`,
    [user.userId]
  )
  expect(await DataService.eraseUser(deletion)).toBe(true)
  expect(await DataService.eraseUser(deletion), 'a second time').toBe(true)
  await DataService.completeDeletion(deletion)
  expect(await columnsContaining(storage, [user.userId, connectionId])).toEqual([
    'audit_details.subject'
  ])
})

test('a worker that lost the lease erases and completes nothing', async () => {
  const user = await newUser()
  const deletion = await claimed(user.userId)
  const stale = { ...deletion, leaseToken: randomUUID() }
  expect(await DataService.eraseUser(stale)).toBe(false)
  await DataService.completeDeletion(stale)
  await DataService.completeDeletion(deletion)
  expect(await DataService.findDeletion(user), 'completed before it was erased').toMatchObject({
    status: 'in_progress'
  })
  expect(await columnsContaining(storage, [user.userId])).toContain('users.id')
})

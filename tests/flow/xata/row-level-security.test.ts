/** Roles, rights and policies, as the database's catalog lists them. */
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import { type Database, openDatabase } from '@/xata/client'
import { openTcp } from '@/xata/drivers/tcp'
import { findLoginProblems } from '@/xata/logins'

let storage: TestStorage
let db: Database
beforeAll(async () => {
  storage = await openTestStorage()
  db = openDatabase(openTcp(storage.databaseUrl))
  await storage.rows(`insert into users (id) values ('alice'), ('bob')`)
  await storage.rows(
    `insert into audit_entries (id, actor_kind, action, outcome) values ('${ENTRY}', 'person', 'test', 'success')`
  )
  await storage.rows(
    `insert into audit_details (audit_id, actor_id, user_id) values ('${ENTRY}', 'bob', 'bob')`
  )
})
afterAll(async () => {
  await db.close()
  await storage.close()
})

const ENTRY = '00000000-0000-4000-8000-000000000001'
const alice = { userId: 'alice' }
const refused = { code: '42501' }

describe('every table with rows of users', () => {
  test('has row-level security, one policy for the user and one for the system', async () => {
    const found = await storage.rows<{ name: string; on: boolean; policies: string[] }>(
      `select c.relname as name, c.relrowsecurity as on,
         array(select r.rolname::text from pg_policy p, unnest(p.polroles) o join pg_roles r on r.oid = o where p.polrelid = c.oid and p.polcmd in ('*', 'r') order by 1) as policies
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
         and (c.relname in ('users', 'own_asset_values') or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'user_id' and not a.attisdropped))`
    )
    expect(found.length).toBeGreaterThan(25)
    const faults = found.filter(
      ({ on, policies }) => !on || policies.join() !== 'pangea_app,pangea_worker'
    )
    expect(faults, 'see docs/guides/add-a-table.md').toEqual([])
  })

  test('is closed to users where it is not in that list, except for what all users share', async () => {
    const open = await storage.rows<{ name: string }>(
      `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and not c.relrowsecurity
         and has_table_privilege('pangea_app', c.oid, 'select, insert, update, delete')`
    )
    expect(open.map(({ name }) => name)).toEqual(['institutions'])
  })
})

test('two functions run with the rights of the owner, each for one role', async () => {
  const functions = await storage.rows(
    `select proname as name, array(select r.rolname::text from aclexplode(p.proacl) a join pg_roles r on r.oid = a.grantee where r.rolname like 'pangea%') as roles,
       has_function_privilege('public', p.oid, 'execute') as open
     from pg_proc p where prosecdef and pronamespace = 'public'::regnamespace order by 1`
  )
  expect(functions).toEqual([
    { name: 'analyze_synced', roles: ['pangea_worker'], open: false },
    { name: 'search_transactions', roles: ['pangea_app'], open: false }
  ])
})

describe('the roles', () => {
  test('have no login, superuser, BYPASSRLS, roles or databases to create', async () => {
    const roles = await storage.rows(
      `select rolname as name, rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as unsafe from pg_roles where rolname like 'pangea%' order by 1`
    )
    expect(roles).toEqual([
      { name: 'pangea_app', unsafe: false },
      { name: 'pangea_worker', unsafe: false }
    ])
  })

  test.each([
    'create table t (id int)',
    'alter table users add column x int',
    'alter table users disable row level security',
    'drop policy own_rows on users',
    'create function f() returns int language sql as $$ select 1 $$',
    'truncate users',
    'drop table rules'
  ])('may not: %s', async (statement) => {
    for (const scope of [alice, 'every_user'] as const)
      await expect(db.run(scope, sql.raw(statement)), JSON.stringify(scope)).rejects.toMatchObject(
        refused
      )
  })

  test('may not create temporary tables, which would hide the real ones', async ({ skip }) => {
    // A copy of a template database has no rights yet.
    if (storage.onServer) skip()
    await expect(db.run(alice, sql`create temporary table users (id text)`)).rejects.toMatchObject(
      refused
    )
  })

  test('of users may not read the tables of the system', async () => {
    for (const table of ['webhook_deliveries', 'rate_limits', 'sync_pages', 'plaid_api_events'])
      await expect(db.run(alice, sql.raw(`select 1 from ${table}`))).rejects.toMatchObject(refused)
  })
})

describe('the audit log', () => {
  const add = (actorId: string, userId: string) => {
    const id = randomUUID()
    return [
      sql`insert into audit_entries (id, actor_kind, action, outcome) values (${id}::uuid, 'person', 'test', 'success')`,
      sql`insert into audit_details (audit_id, actor_id, user_id) values (${id}::uuid, ${actorId}, ${userId})`
    ]
  }

  test('is added to by a user about themselves, and by nobody in another name', async () => {
    await db.runAll(alice, add('alice', 'alice'))
    await expect(db.runAll(alice, add('bob', 'alice'))).rejects.toMatchObject(refused)
    await expect(db.runAll(alice, add('alice', 'bob'))).rejects.toMatchObject(refused)
    const entry = sql`insert into audit_entries (id, actor_kind, action, outcome) values (gen_random_uuid(), 'system', 'test', 'success')`
    await expect(db.run(alice, entry)).rejects.toMatchObject(refused)
  })

  test('shows a user the entries about them only', async () => {
    expect((await db.run(alice, sql`select 1 from audit_entries`)).rows).toHaveLength(1)
    expect((await db.run('every_user', sql`select 1 from audit_entries`)).rows).toHaveLength(2)
  })

  test.each([
    `update audit_entries set action = 'other'`,
    'update audit_entries set created_at = now()',
    `update audit_seals set digest = 'other'`,
    `update audit_checkpoints set digest = 'other'`,
    'delete from audit_checkpoints',
    'delete from audit_details',
    'truncate audit_entries'
  ])('is not rewritten by any role: %s', async (statement) => {
    for (const scope of [alice, 'every_user'] as const)
      await expect(db.run(scope, sql.raw(statement))).rejects.toMatchObject(refused)
  })

  test.each([
    `update audit_details set actor_id = 'other'`,
    'delete from audit_entries',
    'delete from audit_seals',
    'select 1 from audit_log'
  ])('is only added to and read by users: %s', async (statement) => {
    await expect(db.run(alice, sql.raw(statement))).rejects.toMatchObject(refused)
  })
})

describe('a batch', () => {
  const who = sql`select current_user::text as role, current_setting('app.user_id', true) as "user"`

  test('has its role and user, and leaves neither to the next one, whether it commits or fails', async () => {
    const of = async (scope: Parameters<Database['run']>[0]) =>
      (await db.runAll(scope, [who, who])).map(({ rows }) => rows[0])
    expect(await of(alice)).toEqual(Array(2).fill(['pangea_app', 'alice']))
    expect(await of('every_user')).toEqual(Array(2).fill(['pangea_worker', '']))
    await expect(db.run(alice, sql`select 1 / 0`)).rejects.toMatchObject({ code: '22012' })
    const [after] = await storage.rows(
      'select current_user::text as role, session_user::text as login'
    )
    expect(after).toEqual({ role: 'postgres', login: 'postgres' })
    expect(
      (await storage.rows(`select coalesce(current_setting('app.user_id', true), '') as "user"`))[0]
    ).toEqual({ user: '' })
  })

  test('of one user sees no other, and inserts for no other', async () => {
    expect((await db.run(alice, sql`select id from users`)).rows).toEqual([['alice']])
    expect(
      (await db.run(alice, sql`delete from users where id = 'bob' returning id`)).rows
    ).toEqual([])
    await expect(
      db.run(alice, sql`insert into visits (user_id, visited_at) values ('bob', now())`)
    ).rejects.toMatchObject(refused)
    expect((await db.run('every_user', sql`select id from users order by 1`)).rows).toHaveLength(2)
  })
})

describe('logins of a deployment', () => {
  const over = { over: 'tcp', gatewayUrl: null } as const
  const login = async (name: string, rights: string) => {
    const url = new URL(storage.databaseUrl)
    const unique = `${name}_${url.pathname.slice(1)}`
    await storage.rows(`create role ${unique} login password 'secret' ${rights}`)
    url.username = unique
    url.password = 'secret'
    return { url: url.toString(), drop: () => storage.rows(`drop role ${unique}`) }
  }

  test('are accepted as members of their role, and are as restricted', async ({ skip }) => {
    if (!storage.onServer) skip()
    const app = await login('web', 'in role pangea_app')
    const jobs = await login('jobs', 'in role pangea_worker')
    const problems = [
      ...(await findLoginProblems({ variable: 'A', url: app.url, role: 'pangea_app' }, over)),
      ...(await findLoginProblems({ variable: 'B', url: jobs.url, role: 'pangea_worker' }, over))
    ]
    expect(problems).toEqual([])
    const deployed = openDatabase(openTcp(app.url), openTcp(jobs.url))
    expect((await deployed.run(alice, sql`select id from users`)).rows).toEqual([['alice']])
    expect((await deployed.run('every_user', sql`select id from users`)).rows).toHaveLength(2)
    await deployed.close()
    const client = new pg.Client({ connectionString: app.url })
    await client.connect()
    await expect(client.query('set role pangea_worker')).rejects.toMatchObject(refused)
    expect((await client.query('select id from users')).rows).toEqual([])
    await client.end()
    await app.drop()
    await jobs.drop()
  })

  test('are refused by name where they could leave their role', async () => {
    const problems = await findLoginProblems(
      { variable: 'DATABASE_URL', url: storage.databaseUrl, role: 'pangea_app' },
      over
    )
    expect(problems).toEqual(
      expect.arrayContaining([
        'The login in DATABASE_URL is a superuser.',
        'The login in DATABASE_URL may change the schema.',
        'The login in DATABASE_URL is a member of the other role.'
      ])
    )
  })
})

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '@/lib/domain/users/actor'
import { build, query, transaction } from '@/lib/services/data/sql/query'
import { column, nullable, rowType, typed } from '@/lib/services/data/sql/row-type'
import { withEnvironment } from '@/tests/support/environment'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import { users } from '@/xata/schema'

const system = systemActor('test')
let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
  await storage.rows(`insert into users (id) values ('user_1')`)
})
afterAll(() => storage.close())

const person = rowType({ id: users.id, email: users.email, createdAt: users.createdAt })
const one = rowType({ one: column.int4 })

test('a statement answers the rows that it declares', async () => {
  const rows = await query(
    system,
    person,
    sql`select id, email, created_at as "createdAt" from ${users} where id = 'user_1'`
  )
  expect(rows).toEqual([{ id: 'user_1', email: null, createdAt: expect.any(String) }])
  const [declared, other] = await transaction(system, [
    typed(
      rowType({ big: column.int8, sum: column.minor }),
      sql`select 7::int8 as big, 8::numeric as sum`
    ),
    sql`select 1 as one`
  ])
  expect([declared, other]).toEqual([[{ big: 7n, sum: 8n }], [{ one: 1 }]])
})

test.each([
  [
    'a missing column',
    rowType({ one: column.int4, two: column.int4 }),
    sql`select 1 as one`,
    'two is missing'
  ],
  ['another column', one, sql`select 1 as one, 2 as two`, 'two is not declared'],
  ['another type', one, sql`select 1::int8 as one`, 'one has type 20, not 23'],
  ['null', one, sql`select null::int4 as one`, 'one is null'],
  ['a fraction', rowType({ m: column.minor }), sql`select 1.5 as m`, 'm is no whole number'],
  [
    'a table column of another type',
    rowType({ id: users.id }),
    sql`select 1 as id`,
    'id has type 23, not 25'
  ],
  [
    'an empty answer of another type',
    rowType({ at: nullable(column.timestamptz) }),
    sql`select ''::text as at where false`,
    'at has type 25, not 1184'
  ]
])('%s is a RowMismatch', async (_, type, statement, message) => {
  const thrown = await query<unknown>(system, type, statement).catch((error: unknown) => error)
  expect(thrown).toMatchObject({ name: 'RowMismatch' })
  expect((thrown as Error).message).toContain(message)
})

test('production does not compare', async () => {
  const rows = () => query(system, rowType({ one: column.text }), sql`select 1 as one`)
  expect(await withEnvironment({ NODE_ENV: 'production' }, rows)).toEqual([{ one: 1 }])
})

test('a statement of the builder fails with the SQLSTATE and without its values', async () => {
  const thrown = await build(system, (orm) => orm.insert(users).values({ id: 'user_1' })).catch(
    (error: unknown) => error
  )
  expect(thrown).toMatchObject({ service: 'xata', code: '23505' })
  expect((thrown as Error).message).not.toContain('user_1')
})

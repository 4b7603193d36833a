/** The client that Xata's documentation uses, against the gateway's emulator. */
import { neon, neonConfig } from '@neondatabase/serverless'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { LoopbackServer } from '@/sandbox/core/loopback-server'
import { type RunningXata, startXata } from '@/sandbox/xata'
import { startGateway } from '@/sandbox/xata/gateway'

let xata: RunningXata
let gateway: LoopbackServer
beforeAll(async () => {
  xata = await startXata({ port: 0, dataDir: null })
  gateway = await startGateway({ port: 0, databaseUrl: xata.databaseUrl })
  neonConfig.fetchEndpoint = `${gateway.url}/sql`
})
afterAll(async () => {
  await gateway.close()
  await xata.close()
})

const open = () => neon(xata.databaseUrl)

it('reads rows with the types of its own parsers', async () => {
  const rows = await open()`select 7::int as i, true as yes, '{"a":1}'::jsonb as j, null as nothing,
    timestamptz '2026-01-02 03:04:05Z' as at, 9007199254740993::int8 as big`
  expect(rows).toEqual([
    {
      i: 7,
      yes: true,
      j: { a: 1 },
      nothing: null,
      at: new Date('2026-01-02T03:04:05Z'),
      big: '9007199254740993'
    }
  ])
})

it('reads rows as lists, with the names of the columns', async () => {
  const sql = neon(xata.databaseUrl, {
    arrayMode: true,
    fullResults: true
  })
  const { rows, fields } = await sql.query('select $1::int as a, $1::int + 1 as a', [1])
  expect([rows, fields.map(({ name }) => name)]).toEqual([[[1, 2]], ['a', 'a']])
})

it('runs a batch as one transaction: a failure undoes all of it', async () => {
  const sql = open()
  await sql`create table neon_rows (id int primary key)`
  const failing = sql.transaction([
    sql`insert into neon_rows values (1)`,
    sql`insert into neon_rows values (1)`
  ])
  await expect(failing).rejects.toMatchObject({ code: '23505' })
  expect(await sql`select id from neon_rows`).toEqual([])
})

it('may make a batch read-only', async () => {
  const sql = open()
  const writing = sql.transaction([sql`create table never (id int)`], {
    readOnly: true,
    isolationLevel: 'Serializable'
  })
  await expect(writing).rejects.toMatchObject({ code: '25006' })
})

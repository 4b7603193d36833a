import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningXata, startXata } from '@/sandbox/xata'

let xata: RunningXata
let pools: [pg.Pool, pg.Pool]
const dir = mkdtempSync(join(tmpdir(), 'pangea xata '))

beforeAll(async () => {
  xata = await startXata({ port: 0, dataDir: dir })
  const open = () => new pg.Pool({ connectionString: xata.databaseUrl, max: 10 })
  pools = [open(), open()]
  await pools[0].query('create table notes (id int primary key, text text)')
})
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()))
  await xata.close()
  rmSync(dir, { recursive: true, force: true })
})

const poolOf = (n: number) => (n % 2 ? pools[1] : pools[0])
const all = (count: number, job: (n: number) => Promise<unknown>) =>
  Promise.all(Array.from({ length: count }, (_, n) => job(n)))

describe('Postgres on a local port', () => {
  it('keeps the statements of parallel clients apart', async () => {
    const answers = await all(200, async (n) => {
      const columns = Array.from({ length: 1 + (n % 5) }, (_, k) => `${n}-${k}`)
      const { rows } = await poolOf(n).query({
        text: `select ${columns.map((_, k) => `$${k + 1}::text`).join(',')}`,
        values: columns,
        rowMode: 'array'
      })
      return String(rows[0]) === String(columns)
    })
    expect(answers.every(Boolean)).toBe(true)
  })

  it('keeps the statistics of a table up to date, as autovacuum does on a server', async () => {
    await pools[0].query('create table readings as select n from generate_series(1, 500) n')
    const rows = async () =>
      (await pools[1].query("select reltuples::int as n from pg_class where relname = 'readings'"))
        .rows[0].n
    await expect.poll(rows, { timeout: 15_000 }).toBe(500)
  })

  it('hides uncommitted changes from other clients', async () => {
    await all(20, async (n) => {
      const client = await poolOf(n).connect()
      await client.query('begin')
      await client.query('insert into notes values ($1, $2)', [n, 'open'])
      expect((await client.query('select * from notes')).rowCount).toBe(1)
      await client.query('rollback')
      client.release()
    })
  })

  it('lets one client fail without affecting another', async () => {
    const codes = await all(40, (n) =>
      poolOf(n)
        .query('select 1 / $1::int as one', [n % 2])
        .then(
          ({ rows }) => rows[0].one,
          (error) => error.code
        )
    )
    expect(codes).toEqual(Array.from({ length: 40 }, (_, n) => (n % 2 ? 1 : '22012')))
  })

  it('rolls back a disconnected client’s transaction', async () => {
    const client = new pg.Client({ connectionString: xata.databaseUrl })
    client.on('error', () => {})
    await client.connect()
    await client.query('begin')
    await client.query("insert into notes values (1, 'left behind')")
    const socket = (client as unknown as { connection: { stream: { destroy(): void } } }).connection
      .stream
    socket.destroy()
    expect((await poolOf(0).query('select * from notes')).rows).toEqual([])
  })

  it('drops a client that does not speak Postgres', async () => {
    const response = await fetch(xata.databaseUrl.replace(/^.*@/, 'http://')).catch(
      (error) => error
    )
    expect(response).toBeInstanceOf(Error)
    expect((await poolOf(0).query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  it('refuses a second process on the same folder', async () => {
    await expect(startXata({ port: 0, dataDir: dir })).rejects.toThrow(
      'Another process has the database'
    )
  })

  it('keeps all data over a restart', async () => {
    const other = mkdtempSync(join(tmpdir(), 'pangea-xata-'))
    for (const expected of [0, 1]) {
      const running = await startXata({ port: 0, dataDir: other })
      const client = new pg.Client({ connectionString: running.databaseUrl })
      await client.connect()
      await client.query('create table if not exists kept (n int)')
      expect((await client.query('select * from kept')).rowCount).toBe(expected)
      await client.query('insert into kept values (1)')
      await client.end()
      await running.close()
    }
    rmSync(other, { recursive: true, force: true })
  }, 30_000)
})

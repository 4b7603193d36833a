import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LoopbackServer } from '@/sandbox/core/loopback-server'
import { type RunningXata, startXata } from '@/sandbox/xata'
import { startGateway } from '@/sandbox/xata/gateway'

let xata: RunningXata
let gateway: LoopbackServer
beforeAll(async () => {
  xata = await startXata({ port: 0, dataDir: null })
  gateway = await startGateway({ port: 0, databaseUrl: xata.databaseUrl })
  await ask({ query: 'create table rows (id int primary key)' })
})
afterAll(async () => {
  await gateway.close()
  await xata.close()
})

async function ask(
  body: unknown,
  headers: Record<string, string> = { 'connection-string': xata.databaseUrl }
) {
  const response = await fetch(`${gateway.url}/sql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body)
  })
  return { status: response.status, body: await response.json() }
}

describe("Xata's HTTP gateway", () => {
  it('returns rows with int8 and numeric as text, JSON parsed and timestamps as Postgres text', async () => {
    const query = `select 9007199254740993::int8 as big, 1.50::numeric as n, 7::int as i, true as yes, '{"a":1}'::jsonb as j, timestamptz '2026-01-02 03:04:05Z' as at`
    const { body } = await ask({ query })
    expect(body).toMatchObject({ command: 'SELECT', rowCount: 1, rowAsArray: false })
    expect(body.rows).toEqual([
      {
        big: '9007199254740993',
        n: '1.50',
        i: 7,
        yes: true,
        j: { a: 1 },
        at: expect.stringMatching(/^2026-01-02 0/)
      }
    ])
  })

  it('returns arrays on request', async () => {
    expect(
      (
        await ask({
          query: 'select $1::text as a, $2::int as b',
          params: ['x', 2],
          arrayMode: true
        })
      ).body
    ).toMatchObject({
      rows: [['x', 2]],
      rowAsArray: true
    })
  })

  it('runs a batch in one transaction', async () => {
    const failed = await ask({
      queries: [{ query: 'insert into rows values (1)' }, { query: 'insert into rows values (1)' }]
    })
    expect(failed).toMatchObject({ status: 400, body: { code: '23505', constraint: 'rows_pkey' } })
    expect((await ask({ query: 'select * from rows' })).body.rows).toEqual([])
    const done = await ask({
      queries: [{ query: 'insert into rows values (1)' }, { query: 'select * from rows' }]
    })
    expect(done.body.results[1].rows).toEqual([{ id: 1 }])
  })

  it('refuses several statements in one text, as the extended protocol does', async () => {
    expect((await ask({ query: 'select 1; select 2' })).body.code).toBe('42601')
  })

  it.each([
    {},
    { authorization: 'Bearer xau_key' },
    { 'connection-string': 'postgresql://postgres:wrong@127.0.0.1/postgres' },
    { 'connection-string': 'nonsense' }
  ])('refuses %o as credentials', async (headers) => {
    expect((await ask({ query: 'select 1' }, headers as Record<string, string>)).status).toBe(401)
  })

  it("accepts Neon's header name too", async () => {
    expect(
      (await ask({ query: 'select 1 as one' }, { 'neon-connection-string': xata.databaseUrl })).body
        .rows
    ).toEqual([{ one: 1 }])
  })

  it('refuses a batch of more than a hundred', async () => {
    expect(
      (await ask({ queries: Array.from({ length: 101 }, () => ({ query: 'select 1' })) })).status
    ).toBe(400)
  })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { GET } from '@/app/api/v1/transactions/export/route'
import { DataService } from '@/lib/services'
import { account, connect } from '@/tests/support/fixtures/data'
import { signIn } from '@/tests/support/handlers'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

test('the export has the same transactions as CSV, as JSON and as JSON lines, also if there are none', async () => {
  const user = await world.createUser()
  await DataService.ensureUser(user)
  const { headers } = await signIn(world, user.userId)
  const read = async (format: string) => {
    const url = `http://localhost:3000/api/v1/transactions/export?format=${format}`
    const response = await GET(new Request(url, { headers }), { params: Promise.resolve({}) })
    return { type: response.headers.get('content-type'), text: await response.text() }
  }
  expect(JSON.parse((await read('json')).text)).toEqual([])
  expect((await read('ndjson')).text).toBe('')
  expect((await read('csv')).text.trim().split('\r\n')).toHaveLength(1)

  await connect(user, { accounts: [account('checking')] })
  // More than the first part of the history.
  await world.storage.rows(
    `insert into transactions (id, user_id, connection_id, account_id, plaid_transaction_id, amount_minor, currency, booked_on, name, pending)
     select gen_random_uuid(), user_id, connection_id, id, 'format-' || n, n, 'USD', date '2026-01-01' + n / 7, 'n', false
     from linked_accounts, generate_series(1, 700) n where user_id = $1`,
    [user.userId]
  )
  const json = await read('json')
  const rows: { id: string }[] = JSON.parse(json.text)
  expect(rows).toHaveLength(700)
  expect(json.type).toBe('application/json; charset=utf-8')
  const lines = await read('ndjson')
  expect(lines.type).toBe('application/x-ndjson; charset=utf-8')
  expect(
    lines.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  ).toEqual(rows)
  const csv = (await read('csv')).text.trimEnd().split('\r\n').slice(1)
  expect(csv.map((line) => line.split(',').at(-1))).toEqual(rows.map(({ id }) => id))
})

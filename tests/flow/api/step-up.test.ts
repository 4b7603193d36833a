/** Step-up: what a thief with a stolen session, whose reverification is old, cannot do. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Route } from '@/app/_lib/route'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService } from '@/lib/services'
import { account, connect } from '@/tests/support/fixtures/data'
import { signIn } from '@/tests/support/handlers'
import { findRoutes } from '@/tests/support/routes'
import { openWorld, type World } from '@/tests/support/world'

type Reply = { status: number; body: { error?: { code: string } } | undefined }
const ID = randomUUID()
const routes = findRoutes(process.cwd())

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/** A user whose session verified a factor more than an hour ago, and calls on their behalf. */
async function staleUser() {
  const user = await world.createUser()
  await DataService.ensureUser(user)
  const { sessionId } = await signIn(world, user.userId)
  await world.control('clerk', `/users/${user.userId}/age-proof`, {})
  return { user, call: await caller(user, sessionId) }
}

async function caller(user: UserActor, sessionId?: string) {
  const { call } = await signIn(world, user.userId, sessionId)
  return async (key: string, body?: unknown): Promise<string> => {
    const [method = '', path = ''] = key.split(' ')
    const name = key.replace(/\?.*/, '').replace(ID, '[id]')
    const { file = '' } = routes.find((one) => one.key === name) ?? {}
    const handlers = (await import(file)) as Record<string, Route>
    const { status, body: reply }: Reply = await call(handlers[method] as Route, {
      method,
      path,
      params: { id: ID },
      body
    })
    return reply?.error ? `${status} ${reply.error.code}` : String(status)
  }
}

const REFUSED = '403 reverification_required'
const LINKED = { public_token: 'public', accounts: [{ id: 'a', name: 'Checking' }] }

describe('an old verification is not enough', () => {
  test.each([
    ['to export everything', 'GET /api/v1/export', undefined],
    ['to be let through to the export', 'POST /api/v1/export', {}],
    ['to reveal account numbers', 'POST /api/v1/account/portals', {}],
    ['to confirm a transfer', `POST /api/v1/account/transfers/${ID}/confirm`, {}],
    ['to open Link for a counterparty', 'POST /api/v1/account/counterparties/link', {}],
    ['to add a counterparty', 'POST /api/v1/account/counterparties', LINKED],
    ['to verify a counterparty', `POST /api/v1/account/counterparties/${ID}/verify`, {}],
    ['to open a statement', 'POST /api/v1/account/statements', { id: 'one' }],
    ['to open a trade confirmation', 'POST /api/v1/account/trades', { id: 'one' }],
    ['to erase the history of a bank', `DELETE /api/v1/connections/${ID}`, { history: 'erase' }],
    ['to switch off e-mail', 'PATCH /api/v1/preferences', { emailNotices: false }],
    ['to switch off other e-mail', 'PATCH /api/v1/preferences', { emailsOff: ['application'] }]
  ])('%s', async (_, key, body) => {
    const { call } = await staleUser()
    expect(await call(key, body)).toBe(REFUSED)
  })
})

describe('an old verification is enough', () => {
  test('to disconnect a bank and keep its history', async () => {
    const { call } = await staleUser()
    expect(await call(`DELETE /api/v1/connections/${ID}`, { history: 'keep' })).toBe(
      '404 not_found'
    )
  })

  test('to change other preferences, and to save the e-mail choice as it is', async () => {
    const { call } = await staleUser()
    expect(await call('PATCH /api/v1/preferences', { theme: 'dark', emailNotices: true })).toBe(
      '200'
    )
  })
})

test('e-mail that was switched off is switched on again only after reverification', async () => {
  const user = await world.createUser()
  await DataService.ensureUser(user)
  const { sessionId } = await signIn(world, user.userId)
  const now = await caller(user, sessionId)
  expect(await now('PATCH /api/v1/preferences', { emailNotices: false })).toBe('200')
  await world.control('clerk', `/users/${user.userId}/age-proof`, {})
  const later = await caller(user, sessionId)
  expect(await later('PATCH /api/v1/preferences', { emailNotices: true })).toBe(REFUSED)
})

test('1,000 transactions are exported without reverification, 1,001 are not', async () => {
  const { user, call } = await staleUser()
  await connect(user, { accounts: [account('checking')] })
  const add = (from: number, to: number) =>
    world.storage.rows(
      `insert into transactions (id, user_id, connection_id, account_id, plaid_transaction_id, amount_minor, currency, booked_on, name, pending)
       select gen_random_uuid(), user_id, connection_id, id, 'step-up-' || n, n, 'USD', date '2026-01-01', 'n', false
       from linked_accounts, generate_series($2::int, $3::int) n where user_id = $1`,
      [user.userId, from, to]
    )
  await add(1, 1_000)
  expect(await call('GET /api/v1/transactions/export?format=csv')).toBe('200')
  await add(1_001, 1_001)
  expect(await call('GET /api/v1/transactions/export?format=csv')).toBe(REFUSED)
  expect(await call('POST /api/v1/transactions/export?format=csv', {})).toBe(REFUSED)
  expect(await call('GET /api/v1/transactions/export?format=csv&max=5')).toBe('200')
})

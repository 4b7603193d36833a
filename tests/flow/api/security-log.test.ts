import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { GET as readAccounts } from '@/app/api/v1/accounts/route'
import { GET as readVendors } from '@/app/api/v1/admin/vendors/route'
import { GET as readConnection } from '@/app/api/v1/connections/[id]/route'
import { POST as receivePlaid } from '@/app/api/webhooks/plaid/route'
import type { UserActor } from '@/lib/domain/users/actor'
import { resetSingletons } from '@/tests/support/environment'
import { callHandler, signIn } from '@/tests/support/handlers'
import { captureLogs } from '@/tests/support/leaks'
import { openWorld, type World } from '@/tests/support/world'

const ADDRESS = '203.0.113.77'
const from = { 'x-forwarded-for': ADDRESS }

let world: World
let user: UserActor
let logged: () => string
beforeAll(async () => {
  world = await openWorld()
  user = await world.createUser()
})
beforeEach(() => {
  logged = captureLogs()
})
afterAll(async () => {
  resetSingletons('log')
  await world.close()
})

const events = () =>
  logged()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => line['event.kind'])

test('a request without a session is an authentication event with a truncated address', async () => {
  await callHandler(readAccounts, { path: '/api/v1/accounts?q=secret', headers: from })
  expect(events()).toMatchObject([
    {
      'ecs.version': '8.17',
      'event.kind': 'event',
      'event.category': ['authentication'],
      'event.type': ['start'],
      'event.action': 'session-refused',
      'event.outcome': 'failure',
      'http.request.method': 'GET',
      'http.response.status_code': 401,
      'url.path': '/api/v1/accounts',
      'source.ip': '203.0.113.0'
    }
  ])
  expect(logged()).not.toMatch(/secret|203\.0\.113\.77/)
})

test('a forged webhook is an event without a user', async () => {
  await callHandler(receivePlaid, { method: 'POST', path: '/api/webhooks/plaid', body: {} })
  expect(events()).toMatchObject([
    { 'event.action': 'signature-refused', 'url.path': '/api/webhooks/plaid' }
  ])
  expect(events()[0]).not.toHaveProperty('user.id')
})

describe('a signed-in user', () => {
  test('who asks for an object of another user is named by id', async () => {
    const { call } = await signIn(world, user.userId)
    const id = '00000000-0000-4000-8000-000000000000'
    await call(readConnection, { path: `/api/v1/connections/${id}`, params: { id } })
    expect(events()).toMatchObject([
      { 'event.action': 'object-refused', 'user.id': user.userId, 'http.response.status_code': 404 }
    ])
  })

  test('who asks for an admin route is refused by a named rule', async () => {
    const { call } = await signIn(world, user.userId)
    await call(readVendors, { path: '/api/v1/admin/vendors' })
    expect(events()).toMatchObject([
      {
        'event.action': 'admin-access-refused',
        'event.category': ['api'],
        'rule.name': 'admin-role',
        'user.id': user.userId
      }
    ])
  })
})

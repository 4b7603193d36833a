/**
 * Routes that move money, reveal numbers, export, delete or administer: the session token stays
 * valid for up to a minute after Clerk ends the session.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Route } from '@/app/_lib/route'
import { clerkApi, signIn } from '@/tests/support/handlers'
import { findRoutes } from '@/tests/support/routes'
import { openWorld, type World } from '@/tests/support/world'

type Sensitive = { key: string; handler: Route }

const CHANGES_MONEY = /^(POST|PUT|PATCH|DELETE) \/api\/v1\/account(\/|$)/
const EXPORTS = /\/export$/
const ADMINISTERS = /\/api\/v1\/admin\//
/** Undo is the only DELETE that removes no data. */
const DELETES = /^DELETE (?!\/api\/v1\/transactions\/changes\/)/

let world: World
let routes: Sensitive[]
beforeAll(async () => {
  world = await openWorld()
  const found = findRoutes(process.cwd()).filter(({ key }) =>
    [CHANGES_MONEY, EXPORTS, ADMINISTERS, DELETES].some((kind) => kind.test(key))
  )
  routes = await Promise.all(
    found.map(async ({ key, file }) => ({
      key,
      handler: ((await import(file)) as Record<string, Route>)[key.split(' ')[0] ?? ''] as Route
    }))
  )
})
afterAll(() => world.close())

/** A user with a current session and a token that stays valid after changes at Clerk. */
async function signedIn({ admin = true } = {}) {
  const { userId } = await world.createUser()
  if (admin) await world.control('clerk', `/users/${userId}/make-admin`, {})
  const { sessionId, call } = await signIn(world, userId)
  const ask = ({ key, handler }: Sensitive) => {
    const [method = '', path = ''] = key.split(' ')
    return call(handler, {
      method,
      path,
      params: { id: 'none' },
      ...(method === 'GET' ? {} : { body: {} })
    })
  }
  const statuses = async () =>
    Object.fromEntries(
      await Promise.all(
        routes.map(async (route) => [route.key, (await ask(route)).status] as const)
      )
    )
  return { userId, sessionId, statuses }
}

const all = (status: number) => Object.fromEntries(routes.map(({ key }) => [key, status]))

test('are listed, and a live user is not refused as signed out', async () => {
  expect(routes.map(({ key }) => key)).toEqual(
    expect.arrayContaining([
      'POST /api/v1/account/portals',
      'GET /api/v1/export',
      'DELETE /api/v1/me'
    ])
  )
  expect(routes.length).toBeGreaterThan(22)
  const { statuses } = await signedIn()
  expect(
    Object.entries(await statuses()).filter(([, status]) => status === 401 || status >= 500)
  ).toEqual([])
})

describe('are refused while the token still verifies', () => {
  test('once the session is revoked', async () => {
    const { sessionId, statuses } = await signedIn()
    await clerkApi(world, `/sessions/${sessionId}/revoke`)
    expect(await statuses()).toEqual(all(401))
  })

  test('once the user is banned, even when the session was not ended', async () => {
    const { userId, statuses } = await signedIn()
    await world.control('clerk', `/users/${userId}/ban`, {})
    expect(await statuses()).toEqual(all(401))
  })

  test('once the user is locked', async () => {
    const { userId, statuses } = await signedIn()
    await clerkApi(world, `/users/${userId}/lock`)
    expect(await statuses()).toEqual(all(403))
  })

  test('once the user is deleted at Clerk', async () => {
    const { userId, statuses } = await signedIn()
    await world.control('clerk', `/users/${userId}/delete`, {})
    expect(await statuses()).toEqual(all(401))
  })

  test('for an administrator whose role was removed', async () => {
    const { userId, statuses } = await signedIn()
    await world.control('clerk', `/users/${userId}/make-plain`, {})
    const answers = Object.entries(await statuses()).filter(([key]) => ADMINISTERS.test(key))
    expect(answers.map(([, status]) => status)).toEqual(answers.map(() => 404))
  })

  test('for all users while Clerk does not respond', async () => {
    const { statuses } = await signedIn()
    await world.control('clerk', '/faults', { path: '/v1/sessions', kind: '503' })
    expect(await statuses()).toEqual(all(503))
  })
})

/**
 * Every route of /api/v1 with random input from its own schemas: no input leads to a server error.
 */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { Route } from '@/app/_lib/route'
import { TIME_ZONE_COOKIE } from '@/lib/domain/users/preferences'
import { resetSingletons } from '@/tests/support/environment'
import { userWithAccount } from '@/tests/support/funding'
import { signIn } from '@/tests/support/handlers'
import { ODD_TEXTS, pick, type Random, randomFrom, valueFor } from '@/tests/support/random-input'
import { findRoutes } from '@/tests/support/routes'
import { openWorld, type World } from '@/tests/support/world'

type Case = {
  method: string
  path: string
  handler: Route
  body: z.ZodType | null
  query: z.ZodType | null
}

const EACH = process.env.TEST_LONG ? 200 : 2
const SEED = process.env.TEST_LONG ? Date.now() : 20_261_128
/** The stream does not end. */
const STREAM = 'GET /api/v1/events'
let world: World
let routes: Case[]
let headers: Record<string, string>
beforeAll(async () => {
  world = await openWorld()
  const found = findRoutes(process.cwd()).filter(
    ({ key }) => key.includes(' /api/v1/') && key !== STREAM
  )
  routes = await Promise.all(found.map(load))
  const { user } = await userWithAccount(world)
  await world.control('clerk', `/users/${user.userId}/make-admin`, {})
  headers = (await signIn(world, user.userId)).headers
})
afterAll(() => world.close())
beforeEach(async () => {
  resetSingletons('local-budgets')
  await world.storage.rows('delete from rate_limits')
})

async function load({ key, file }: { key: string; file: string }): Promise<Case> {
  const [method = '', path = ''] = key.split(' ')
  const handler = ((await import(file)) as Record<string, Route>)[method] as Route
  const { body, query } = handler.declaration
  return {
    method,
    path,
    handler,
    body: body instanceof z.ZodType ? body : null,
    query: query ?? null
  }
}

type Input = {
  params: Record<string, string>
  query: URLSearchParams
  body: unknown
  zone?: string
}

async function ask({ method, path, handler }: Case, { params, query, body, zone = '' }: Input) {
  const url = `http://localhost:3000${path.replace(/\[(\w+)\]/g, (_, name: string) => encodeURIComponent((params[name] ?? '').replace(/\p{Surrogate}/gu, '')))}`
  const request = new Request(`${url}?${query}`, {
    method,
    headers: {
      ...headers,
      'content-type': 'application/json',
      cookie: `${TIME_ZONE_COOKIE}=${zone}`
    },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) ?? '' })
  })
  const response = await handler(request, { params: Promise.resolve(params) })
  await response.body?.cancel()
  return response.status
}

const paramsOf = (path: string, text: string) =>
  Object.fromEntries([...path.matchAll(/\[(\w+)\]/g)].map(([, name = '']) => [name, text]))
function queryFor(schema: z.ZodType | null, random: Random): URLSearchParams {
  const values = schema
    ? valueFor(schema, random)
    : { q: pick(random, ODD_TEXTS), cursor: pick(random, ODD_TEXTS) }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries((values ?? {}) as object))
    if (value !== undefined) query.set(name, String(value))
  return query
}

test('responds to no random input with a status of 500 or more', { timeout: 900_000 }, async () => {
  expect(routes.length).toBeGreaterThan(60)
  expect(routes.filter(({ body, query }) => body ?? query).length).toBeGreaterThan(35)
  const random = randomFrom(SEED)
  const wrong = new Set<string>()
  for (const route of routes) {
    for (let n = 0; n < EACH; n++) {
      const input = {
        params: paramsOf(route.path, pick(random, ODD_TEXTS)),
        query: queryFor(route.query, random),
        body: route.body ? valueFor(route.body, random) : pick(random, [{}, null, [], '\0']),
        zone: encodeURIComponent(pick(random, ODD_TEXTS).replace(/\p{Surrogate}/gu, '%'))
      }
      const status = await ask(route, input)
      if (status >= 500)
        wrong.add(
          `${route.method} ${route.path} ${status} ${JSON.stringify({ ...input, query: String(input.query) }).slice(0, 300)}`
        )
    }
  }
  expect([...wrong], `seed ${SEED}`).toEqual([])
})

test('responds to NUL in a path with 422', async () => {
  const named = routes.filter(({ path }) => path.includes('['))
  const statuses = await Promise.all(
    named.map((route) =>
      ask(route, { params: paramsOf(route.path, 'a\0b'), query: new URLSearchParams(), body: {} })
    )
  )
  expect(new Set(statuses)).toEqual(new Set([422]))
})

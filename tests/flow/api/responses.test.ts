/**
 * Handler responses for a user with all kinds of data: account, bank, transfer, rule and split
 * transaction.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Route, route } from '@/app/_lib/route'
import { RequestError } from '@/lib/platform/errors'
import { DataService, PangeaService } from '@/lib/services'
import { linkBankThroughLink } from '@/tests/support/connections'
import { resetSingletons } from '@/tests/support/environment'
import { fundedUser, prepareTransfer } from '@/tests/support/funding'
import { callHandler, signIn } from '@/tests/support/handlers'
import { captureLogs } from '@/tests/support/leaks'
import { findRoutes } from '@/tests/support/routes'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/**
 * `cookies()` works only inside Next's server; these responses come from serializers typed by the
 * schemas.
 */
const READS_COOKIE = /\/(assets|net-worth)($|\/\[id\])/
/** The stream does not end. */
const STREAM = '/api/v1/events'

test('every list and detail response matches its declared schema', async () => {
  const user = await fundedUser(world)
  const { userId } = user.user
  const connectionId = (await linkBankThroughLink(world, user.user)).connectionId
  await world.settle()
  await PangeaService.confirmTransfer(user.user, (await prepareTransfer(user, 'in', 10_000n)).id)
  const [bought] = (await DataService.listTransactions(user.user, { limit: 1 })).items
  const id = bought?.id ?? ''
  await DataService.saveRule(
    user.user,
    { id: randomUUID(), isNew: true },
    { ...NO_RULE, text: 'uber', category: 'TRAVEL' }
  )
  const half = (bought?.amount.minor ?? 0n) / 2n
  await PangeaService.editTransaction(user.user, id, {
    splits: [half, (bought?.amount.minor ?? 0n) - half].map((minor) => ({
      minor,
      category: null,
      note: null
    }))
  })
  await world.control('clerk', `/users/${userId}/make-admin`, {})
  const { call } = await signIn(world, userId)
  const ids: Record<string, string> = { connections: connectionId, transactions: id }
  const answered: Record<string, number> = {}
  for (const { key, file } of findRoutes(process.cwd())) {
    const [method, path = ''] = key.split(' ')
    if (
      method !== 'GET' ||
      !path.startsWith('/api/v1/') ||
      path === STREAM ||
      READS_COOKIE.test(path)
    )
      continue
    const { GET } = (await import(file)) as { GET: Route }
    answered[path] = (
      await call(GET, {
        path: `${path}?zone=America/New_York`,
        params: { id: ids[path.split('/')[3] ?? ''] ?? userId }
      })
    ).status
  }
  expect(Object.entries(answered).filter(([, status]) => status >= 500)).toEqual([])
  expect(Object.values(answered).filter((status) => status === 200).length).toBeGreaterThan(20)
})

const NO_RULE = {
  match: 'contains' as const,
  text: null,
  accountId: null,
  flow: null,
  category: null,
  merchant: null,
  excluded: null
}

test('a response that differs from its schema is a named error, and none of its values is logged', async () => {
  const logged = captureLogs()
  const Shape = z.strictObject({ name: z.string() })
  const handler = route({ summary: 'Test.', auth: 'public', response: Shape }, async () => ({
    name: 'Ada',
    secret: 'correct horse'
  }))
  const { status, body } = await callHandler<{ error: { code: string } }>(handler, {})
  resetSingletons('log')
  expect([status, body.error.code]).toEqual([500, 'fault'])
  expect(logged()).toContain('unrecognized_keys secret')
  expect(logged()).toContain('ResponseMismatch')
  expect(logged()).not.toContain('correct horse')
})

test('an empty success is 204, without a body', async () => {
  const handler = route({ summary: 'Test.', auth: 'public', response: null }, async () => undefined)
  expect(await callHandler(handler, { method: 'POST' })).toMatchObject({
    status: 204,
    body: undefined
  })
})

test('short responses and errors ask not to be compressed, long ones may be', async () => {
  const cacheControl = async (answer: () => Promise<{ text: string }>) => {
    const handler = route(
      { summary: 'Test.', auth: 'public', response: z.object({ text: z.string() }) },
      answer
    )
    const request = new Request('http://localhost/api/v1/text')
    return (await handler(request, { params: Promise.resolve({}) })).headers.get('cache-control')
  }
  expect(await cacheControl(async () => ({ text: 'short' }))).toBe('no-store, no-transform')
  expect(await cacheControl(async () => ({ text: 'long'.repeat(300) }))).toBe('no-store')
  const refuse = () => Promise.reject(new RequestError('not_found', 'There is nothing here.'))
  expect(await cacheControl(refuse)).toBe('no-store, no-transform')
})

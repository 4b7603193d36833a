/** A change that is sent again with the same Idempotency-Key happens once. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  GET as GET_STATEMENTS,
  POST as POST_STATEMENT
} from '@/app/api/v1/account/statements/route'
import { POST as POST_ASSET } from '@/app/api/v1/assets/route'
import { POST as POST_SEEN } from '@/app/api/v1/transactions/last-seen/route'
import { DataService, PangeaService } from '@/lib/services'
import { withEnvironment } from '@/tests/support/environment'
import { userWithAccount } from '@/tests/support/funding'
import { signIn } from '@/tests/support/handlers'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const CAR = {
  name: 'Car',
  kind: 'vehicle',
  currency: 'USD',
  on: '2026-01-01',
  value: '12000'
}
type Problem = { error: { code: string; message: string } }

async function newUser() {
  const user = await world.createUser()
  const { headers, call } = await signIn(world, user.userId)
  const addAsset = (key: string, body: object = CAR) =>
    call<{ id: string } & Problem>(POST_ASSET, {
      method: 'POST',
      body,
      headers: { 'idempotency-key': key }
    })
  return { user, headers, call, addAsset }
}
const rowsOf = (userId: string) =>
  world.storage.rows<{ key: string; sealed_response: string | null; fingerprint: string }>(
    'select key, sealed_response, fingerprint from idempotency_keys where user_id = $1',
    [userId]
  )

describe('the same key', () => {
  test('returns the first answer and changes nothing again', async () => {
    const { user, addAsset } = await newUser()
    const first = await addAsset('one')
    const second = await addAsset('one', Object.fromEntries(Object.entries(CAR).reverse()))
    expect(first).toMatchObject({ status: 200, body: { id: expect.any(String) } })
    expect(second).toMatchObject({ status: 200, body: first.body })
    expect(first.headers.get('idempotency-replayed')).toBeNull()
    expect(second.headers.get('idempotency-replayed')).toBe('true')
    expect(await DataService.listOwnAssets(user)).toHaveLength(1)
  })

  test('with another body, or for another operation, is refused', async () => {
    const { user, addAsset, call } = await newUser()
    await addAsset('one')
    const changed = await addAsset('one', { ...CAR, value: '13000' })
    expect(changed).toMatchObject({ status: 422, body: { error: { code: 'invalid' } } })
    const elsewhere = await call<Problem>(POST_SEEN, {
      method: 'POST',
      path: '/api/v1/transactions/last-seen',
      headers: { 'idempotency-key': 'one' }
    })
    expect(elsewhere.status).toBe(422)
    expect(await DataService.listOwnAssets(user)).toHaveLength(1)
  })

  test('of another user is another key', async () => {
    const [one, other] = [await newUser(), await newUser()]
    const answers = [await one.addAsset('shared'), await other.addAsset('shared')]
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(answers[0]?.body.id).not.toBe(answers[1]?.body.id)
  })

  test('sent twenty times at once runs once; the others wait or get its answer', async () => {
    const { user, addAsset } = await newUser()
    const answers = await Promise.all(Array.from({ length: 20 }, () => addAsset('burst')))
    const ids = new Set(answers.flatMap(({ status, body }) => (status === 200 ? [body.id] : [])))
    expect(ids.size).toBe(1)
    for (const { status, headers, body } of answers)
      if (status !== 200) {
        expect({ status, code: body.error.code }).toEqual({ status: 409, code: 'conflict' })
        expect(headers.get('retry-after')).toBe('1')
      }
    expect(await DataService.listOwnAssets(user)).toHaveLength(1)
    expect((await addAsset('burst')).body.id).toBe([...ids][0])
  })

  test('of a refused request runs again', async () => {
    const { user, addAsset } = await newUser()
    expect((await addAsset('one', { ...CAR, on: '2999-01-01' })).status).toBe(422)
    expect(await rowsOf(user.userId)).toEqual([])
    expect((await addAsset('one')).status).toBe(200)
  })

  test('of a process that died after the change adds nothing twice, and runs after two minutes', async () => {
    const { user, addAsset } = await newUser()
    const { body: first } = await addAsset('one')
    const rewind = (interval: string) =>
      world.storage.rows(
        `update idempotency_keys set completed_at = null, locked_until = now() ${interval} where user_id = $1`,
        [user.userId]
      )
    await rewind(`+ interval '1 second'`)
    expect((await addAsset('one')).status).toBe(409)
    await rewind(`- interval '1 second'`)
    expect((await addAsset('one', { ...CAR, value: '1' })).status).toBe(422)
    expect(await addAsset('one')).toMatchObject({ status: 200, body: first })
    expect(await DataService.listOwnAssets(user)).toHaveLength(1)
  })

  test('of a request that failed after the change adds nothing twice, and runs at once', async () => {
    const { user, addAsset } = await newUser()
    const request = { key: 'one', request: 'POST asset', stores: true }
    const asset = { ...CAR, kind: 'vehicle' as const, today: CAR.on }
    const failing = PangeaService.runOnce(user, request, async (id) => {
      await PangeaService.addAsset(user, { ...asset, id })
      throw new Error('the answer could not be made')
    })
    await expect(failing).rejects.toThrow('the answer could not be made')
    const { output } = await PangeaService.runOnce(
      user,
      request,
      async (id) => (await PangeaService.addAsset(user, { ...asset, id })).id
    )
    expect(await DataService.listOwnAssets(user)).toMatchObject([{ id: output }])
    expect((await addAsset('another')).status).toBe(200)
  })

  test('is free again after a day', async () => {
    const { user, addAsset } = await newUser()
    const { body } = await addAsset('one')
    await world.storage.rows(
      `update idempotency_keys set created_at = now() - interval '25 hours' where user_id = $1`,
      [user.userId]
    )
    expect((await addAsset('one', { ...CAR, name: 'Boat' })).body.id).not.toBe(body.id)
  })
})

test.each(['', 'two words', 'é', 'x'.repeat(256)])('the key %j is refused', async (key) => {
  const { user, headers } = await newUser()
  const request = new Request('http://localhost:3000/api/v1/assets', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(CAR)
  })
  const response = await POST_ASSET(request, { params: Promise.resolve({}) })
  expect(response.status).toBe(422)
  expect(await DataService.listOwnAssets(user)).toEqual([])
})

describe('what is stored', () => {
  test('is encrypted, and its digest is keyed', async () => {
    const { user, addAsset } = await newUser()
    await addAsset('one')
    const [row] = await rowsOf(user.userId)
    expect(JSON.stringify(row)).not.toContain('Car')
    expect(row?.fingerprint).toMatch(/^[\w-]+\.[\w-]{43}$/)
    expect(row?.sealed_response).toBeTruthy()
  })

  test('after a key rotation, the digest of the older key still counts', async () => {
    const { addAsset } = await newUser()
    const { body } = await addAsset('one')
    const newer = `newer:${Buffer.alloc(32, 7).toString('base64')}`
    await withEnvironment(
      { ENCRYPTION_KEYS: `${newer},${process.env.ENCRYPTION_KEYS}` },
      async () => expect((await addAsset('one')).body).toEqual(body)
    )
  })

  test('contains no link to a statement: a repeat reads it again', async () => {
    const { user } = await userWithAccount(world)
    const { call } = await signIn(world, user.userId)
    await world.control('jiko', '/clock', { advance: 62 * 86_400_000 })
    const { body } = await call<{ items: { id: string }[] }>(GET_STATEMENTS)
    const key = randomUUID()
    const open = () =>
      call<{ url: string }>(POST_STATEMENT, {
        method: 'POST',
        path: '/api/v1/account/statements',
        headers: { 'idempotency-key': key },
        body: { id: body.items[0]?.id }
      })
    const answers = [await open(), await open()]
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(answers[1]?.body.url).toBeTruthy()
    expect(await rowsOf(user.userId)).toMatchObject([{ sealed_response: null }])
  })

  test('of a submission is neither the Social Security number nor a trace of it', async () => {
    const { user } = await newUser()
    const digestFor = async (ssn: string) => {
      const request = { key: ssn, request: ['POST submit', { body: { ssn } }], stores: false }
      await PangeaService.runOnce(user, request, async () => ({ linkToken: 'link-secret' }))
    }
    await digestFor('219-09-9999')
    await digestFor('123-45-6789')
    const rows = await rowsOf(user.userId)
    expect(rows).toMatchObject([{ sealed_response: null }, { sealed_response: null }])
    expect(rows[0]?.fingerprint).toBe(rows[1]?.fingerprint)
  })
})

/** Authentication at the emulator, and repeated idempotency keys. */
import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { applicationBody, JIKO, openJikoEmulator } from '@/tests/support/jiko'

const bank = await openJikoEmulator()
const { call, control } = bank
afterAll(() => bank.close())
beforeEach(() => bank.reset())

const APPLICATIONS = '/api/v1/applications/'

describe('authentication', () => {
  it('requires the right user name and password', async () => {
    const login = (body: object) =>
      fetch(`${bank.url}/api/v1/login/`, { method: 'POST', body: JSON.stringify(body) })
    expect((await login({ username: JIKO.username, password: 'wrong' })).status).toBe(401)
    const answer = (await (
      await login({ username: JIKO.username, password: JIKO.password })
    ).json()) as { expires: string }
    expect(Date.parse(answer.expires) - Date.now()).toBeGreaterThan(59 * 60_000)
  })

  it.each([
    ['without a token', '/api/v1/agreements/', { authorization: '' }, 401],
    ['with a made-up token', '/api/v1/agreements/', { authorization: 'Bearer made-up' }, 401],
    ['without an idempotency key', '/api/v1/agreements/', { 'x-jiko-idempotency': '' }, 422],
    ['with a wrong signature', '/api/v1/agreements/', { 'x-jiko-signature': 'AAAA' }, 401],
    ['without the trailing slash', '/api/v1/agreements', {}, 404],
    ['to a route that is not there', '/api/v1/no-such-thing/', {}, 404]
  ])('is refused %s', async (_, path, headers, status) => {
    expect((await call('GET', path, undefined, headers)).status).toBe(status)
  })

  it('is refused when the body differs from the signed one', async () => {
    const key = randomUUID()
    const signature = createHmac('sha256', JIKO.sharedSecret)
      .update(`${key}${APPLICATIONS}{}`)
      .digest('base64')
    const headers = { 'x-jiko-idempotency': key, 'x-jiko-signature': signature }
    expect((await call('POST', APPLICATIONS, applicationBody(), headers)).status).toBe(401)
  })

  it('excludes the query string from the signature', async () => {
    expect((await call('GET', '/api/v2/pockets/?limit=5')).status).toBe(200)
  })

  it('is refused after an hour', async () => {
    await call('GET', '/api/v1/agreements/')
    await control('/clock', { advance: 60 * 60_000 })
    expect((await call('GET', '/api/v1/agreements/')).status).toBe(401)
  })
})

describe('a repeated idempotency key', () => {
  const key = '3f0c8a52-6d1b-4f27-9a6e-1b2c3d4e5f60'
  const again = (body = applicationBody()) =>
    call('POST', APPLICATIONS, body, { 'x-jiko-idempotency': key })
  const count = () => bank.store.collection('applications').all().length

  it('returns the first response', async () => {
    const first = await again()
    expect(await again()).toMatchObject({ status: 201, text: first.text })
    expect(count()).toBe(1)
  })

  it('returns the first response when both requests arrive at once', async () => {
    await call('GET', '/api/v1/agreements/')
    const [one, two] = await Promise.all([again(), again()])
    expect(two.text).toBe(one.text)
    expect(count()).toBe(1)
  })

  it('is refused for another body', async () => {
    await again()
    expect((await again(applicationBody('Other'))).status).toBe(409)
  })

  it('is refused entirely when the switch is set', async () => {
    await control('/switches', { repeatKey: 'conflict' })
    await again()
    expect((await again()).status).toBe(409)
    expect(count()).toBe(1)
  })

  it('expires after an hour', async () => {
    await again()
    await control('/clock', { advance: 59 * 60_000 })
    await again()
    expect(count()).toBe(1)
    await control('/clock', { advance: 2 * 60_000 })
    const fresh = bank.asAgain()
    await fresh('POST', APPLICATIONS, applicationBody(), { 'x-jiko-idempotency': key })
    expect(count()).toBe(2)
  })

  it('of a refused request can be used again', async () => {
    expect((await again({})).status).toBe(422)
    expect((await again()).status).toBe(201)
  })
})

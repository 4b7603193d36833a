import { createClerkClient } from '@clerk/backend'
import { reverificationError } from '@clerk/nextjs/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Route } from '@/app/_lib/route'
import { POST as reveal } from '@/app/api/v1/account/portals/route'
import { PATCH as change } from '@/app/api/v1/account/route'
import { AuthService } from '@/lib/services'
import { codeAt } from '@/sandbox/clerk/factors/totp'
import { openBrowser } from '@/tests/contract/clerk/browser'
import { userActor } from '@/tests/support/actors'
import { KEYS, openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function backend(path: string, body: object): Promise<Record<string, string>> {
  const headers = {
    authorization: `Bearer ${KEYS.clerkSecret}`,
    'content-type': 'application/json'
  }
  return (await (
    await fetch(`${world.clerk.url}/v1${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body)
    })
  ).json()) as Record<string, string>
}
/** A user with a current session, and its tokens as another program gets them. */
async function signedIn() {
  const { userId } = await world.createUser()
  const { id } = await backend('/sessions', { user_id: userId })
  const token = async (more: object = {}) => ({
    authorization: `Bearer ${(await backend(`/sessions/${id}/tokens`, more)).jwt}`
  })
  return { userId, token, age: () => world.control('clerk', `/users/${userId}/age-proof`, {}) }
}
const send = (handler: Route, headers: Record<string, string>, body: object = {}) =>
  handler(
    new Request('http://localhost:3000/api/v1/account', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body)
    }),
    {
      params: Promise.resolve({})
    }
  )

test('a user who just signed in passes, and one who signed in eleven minutes ago must reverify, in Clerk’s documented format', async () => {
  const { token, age } = await signedIn()
  expect((await send(reveal, await token())).status, 'no account, but let through').toBe(404)
  expect((await send(change, await token(), { strategy: 'UST-13W' })).status).toBe(404)
  await age()
  for (const handler of [reveal, change]) {
    const refused = await send(handler, await token(), { strategy: 'UST-13W' })
    expect(refused.status).toBe(403)
    expect(await refused.json()).toEqual({
      error: {
        code: 'reverification_required',
        message: 'Confirm it’s you, then try again.',
        reference: expect.any(String)
      },
      ...reverificationError({ level: 'second_factor', afterMinutes: 10 })
    })
  }
})

test('the verification age is read from the request’s token', async () => {
  const { userId, token } = await signedIn()
  const user = await AuthService.authenticateUser(
    new Headers(await token({ expires_in_seconds: 3_600 }))
  )
  expect(user).toMatchObject({
    userId,
    reverification: { firstFactorAge: 0, secondFactorAge: null }
  })
})

test('without reverification, the existence of an account is not revealed', async () => {
  const { userId } = await world.createUser()
  expect(() => AuthService.requireReverification(userActor(userId), '10m')).toThrow(
    expect.objectContaining({ code: 'reverification_required' })
  )
})

describe('with device trust', () => {
  const PASSWORD = 'correct horse battery'
  /**
   * A user without a second factor who signed in on a new device: password, then a code by e-mail.
   */
  async function signedInOnNewDevice() {
    await world.control('clerk', '/device-trust', { on: true })
    const { userId } = await world.createUser()
    await world.control('clerk', `/users/${userId}/make-admin`, {})
    const { users } = (await world.control('clerk', '/ledger')) as {
      users: { id: string; email: string }[]
    }
    const client = createClerkClient({
      secretKey: KEYS.clerkSecret,
      apiUrl: world.clerk.url,
      telemetry: { disabled: true }
    })
    const browser = await openBrowser({ client, frontendUrl: world.clerk.url })
    const begun = await browser.call('POST', '/client/sign_ins', {
      identifier: users.find(({ id }) => id === userId)?.email ?? '',
      password: PASSWORD
    })
    const signIn = `/client/sign_ins/${begun.body.response?.id}`
    await browser.call('POST', `${signIn}/prepare_second_factor`, { strategy: 'email_code' })
    const done = await browser.call('POST', `${signIn}/attempt_second_factor`, {
      strategy: 'email_code',
      code: '424242'
    })
    const sessionId = done.body.response?.created_session_id ?? ''
    const headers = async () => ({
      authorization: `Bearer ${(await backend(`/sessions/${sessionId}/tokens`, {})).jwt}`
    })
    const verify = (path: string, form: Record<string, string>) =>
      browser.call('POST', `/client/sessions/${sessionId}/verify${path}`, form)
    const user = async () =>
      (await AuthService.authenticateUser(new Headers(await headers()))) ??
      expect.fail('signed out')
    return {
      userId,
      browser,
      headers,
      verify,
      user,
      age: () => world.control('clerk', `/users/${userId}/age-proof`, {})
    }
  }

  test('an e-mailed code grants no admin access, and a fresh password reveals the account numbers again', async () => {
    const { headers, user, verify, age } = await signedInOnNewDevice()
    expect(await user()).toMatchObject({
      reverification: { firstFactorAge: 0, secondFactorAge: 0 }
    })
    await expect(AuthService.requireAdmin(await user())).rejects.toMatchObject({
      code: 'forbidden'
    })
    expect((await send(reveal, await headers())).status).toBe(404)
    await age()
    expect((await send(reveal, await headers())).status).toBe(403)
    await verify('', { level: 'multi_factor' })
    await verify('/attempt_first_factor', { strategy: 'password', password: PASSWORD })
    expect(await user(), 'the code by e-mail stays old').toMatchObject({
      reverification: { firstFactorAge: 0, secondFactorAge: 11 }
    })
    expect((await send(reveal, await headers())).status).toBe(404)
  })

  test('a session older than the second factor verifies it once, and then passes', async () => {
    const { browser, headers, user, verify, age } = await signedInOnNewDevice()
    const { secret } = (await browser.call('POST', '/me/totp')).body.response as unknown as {
      secret: string
    }
    await browser.call('POST', '/me/totp/attempt_verification', {
      code: codeAt(secret, Date.now())
    })
    await age()
    await expect(AuthService.requireAdmin(await user())).rejects.toMatchObject({
      code: 'reverification_required'
    })
    expect((await send(reveal, await headers())).status).toBe(403)
    await verify('', { level: 'multi_factor' })
    await verify('/attempt_first_factor', { strategy: 'password', password: PASSWORD })
    expect((await send(reveal, await headers())).status, 'a password alone').toBe(403)
    await verify('/attempt_second_factor', { strategy: 'totp', code: codeAt(secret, Date.now()) })
    expect((await send(reveal, await headers())).status).toBe(404)
    expect(await AuthService.requireAdmin(await user())).toMatchObject({ admin: true })
  })
})

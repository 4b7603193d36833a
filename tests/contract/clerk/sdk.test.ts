import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { beginSignUp, openBrowser, signUp } from '@/tests/contract/clerk/browser'
import {
  failureOf,
  freshEmail,
  mintSession,
  openTarget,
  PASSWORD,
  type Target
} from '@/tests/contract/clerk/target'

let target: Target
beforeAll(async () => {
  target = await openTarget()
})
afterEach(() => {
  vi.useRealTimers()
})
afterAll(async () => {
  await target.close()
})

/** A token as a page gets it: from the Frontend API, with the page's origin in `azp`. */
async function mintInBrowser(userId: string) {
  const browser = await openBrowser(target)
  const { token: ticket } = await target.client.signInTokens.createSignInToken({
    userId,
    expiresInSeconds: 60
  })
  const done = await browser.call('POST', '/client/sign_ins', { strategy: 'ticket', ticket })
  const { body } = await browser.call(
    'POST',
    `/client/sessions/${done.body.response?.created_session_id}/tokens`
  )
  return body.jwt ?? ''
}
const bearerRequest = (jwt: string) =>
  new Request('http://localhost:3000/api', { headers: { authorization: `Bearer ${jwt}` } })
const documentRequest = (headers: Record<string, string>) =>
  new Request('http://localhost:3000/dashboard', {
    headers: { accept: 'text/html', 'sec-fetch-dest': 'document', ...headers }
  })
const cookiesFor = (jwt: string, uat: number) => ({
  cookie: `__session=${jwt}; __client_uat=${uat}; __clerk_db_jwt=dvb_anything`
})
const options = { authorizedParties: ['http://localhost:3000'] }

describe('authenticating a request', () => {
  test('a bearer token from the Backend API names user and session', async () => {
    const user = await target.createUser()
    const { session, jwt } = await mintSession(target, user.id)
    const state = await target.client.authenticateRequest(bearerRequest(jwt))
    expect(state.toAuth()).toMatchObject({ userId: user.id, sessionId: session.id })
  })

  test('a token from the Backend API has no azp, so authorizedParties refuses it', async () => {
    const { jwt } = await mintSession(target, (await target.createUser()).id)
    const state = await target.client.authenticateRequest(bearerRequest(jwt), options)
    expect(state).toMatchObject({
      status: 'signed-out',
      reason: 'token-invalid-authorized-parties'
    })
  })

  test('backend cookies open a document request without a handshake', async () => {
    const user = await target.createUser()
    const state = await target.client.authenticateRequest(
      documentRequest(cookiesFor(await mintInBrowser(user.id), 1)),
      options
    )
    expect(state.status).toBe('signed-in')
    expect(state.toAuth()).toMatchObject({ userId: user.id })
  })

  test('a modified token is signed out', async () => {
    const { jwt } = await mintSession(target, (await target.createUser()).id)
    const [header, payload, signature = ''] = jwt.split('.')
    const forged = [
      header,
      payload,
      signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`
    ].join('.')
    const state = await target.client.authenticateRequest(bearerRequest(forged))
    expect(state).toMatchObject({ status: 'signed-out', reason: 'token-invalid-signature' })
  })

  test('after two minutes the same cookies need a handshake, and the bearer token is signed out', async () => {
    const jwt = await mintInBrowser((await target.createUser()).id)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_000 })
    const page = await target.client.authenticateRequest(
      documentRequest(cookiesFor(jwt, 1)),
      options
    )
    expect(page.status).toBe('handshake')
    expect(page.reason).toContain('session-token-expired')
    expect((await target.client.authenticateRequest(bearerRequest(jwt), options)).status).toBe(
      'signed-out'
    )
  })

  test('cookies older than the last change of the client need a handshake', async () => {
    const { jwt } = await mintSession(target, (await target.createUser()).id)
    const state = await target.client.authenticateRequest(
      documentRequest(cookiesFor(jwt, Math.floor(Date.now() / 1000) + 30)),
      options
    )
    expect(state).toMatchObject({
      status: 'handshake',
      reason: 'session-token-iat-before-client-uat'
    })
  })

  test('a revoked session issues no more tokens', async () => {
    const { session } = await mintSession(target, (await target.createUser()).id)
    expect(await target.client.sessions.revokeSession(session.id)).toMatchObject({
      status: 'revoked'
    })
    expect(await failureOf(target.client.sessions.getToken(session.id))).toMatchObject({
      status: 404
    })
    expect((await target.client.sessions.getSession(session.id)).status).toBe('revoked')
  })

  test("a user's sessions are listed", async () => {
    const user = await target.createUser()
    const { session } = await mintSession(target, user.id)
    expect(await target.client.sessions.getSessionList({ userId: user.id })).toMatchObject({
      totalCount: 1,
      data: [{ id: session.id, status: 'active' }]
    })
  })
})

describe('sign-up and sign-in through the Frontend API', () => {
  test('the user and session exist only after the right code', async () => {
    const browser = await openBrowser(target)
    const email = freshEmail()
    const path = await beginSignUp(browser, email)
    expect(
      await browser.call('POST', `${path}/attempt_verification`, {
        strategy: 'email_code',
        code: '111111'
      })
    ).toMatchObject({
      status: 422,
      error: 'form_code_incorrect',
      param: 'code'
    })
    expect((await target.client.users.getUserList({ emailAddress: [email] })).totalCount).toBe(0)
    const done = await browser.call('POST', `${path}/attempt_verification`, {
      strategy: 'email_code',
      code: '424242'
    })
    target.createdUserIds.push(done.body.response?.created_user_id ?? '')
    expect(done.body.response).toMatchObject({ status: 'complete' })
    expect(done.body.client?.sessions).toHaveLength(1)
    expect((await target.client.users.getUserList({ emailAddress: [email] })).totalCount).toBe(1)
  })

  test('an invalid address, a short password and a taken address are refused under their own field', async () => {
    const browser = await openBrowser(target)
    const taken = (await target.createUser()).primaryEmailAddress?.emailAddress ?? ''
    const attempt = (email_address: string, password: string) =>
      browser.call('POST', '/client/sign_ups', { email_address, password })
    expect(await attempt('not an address', PASSWORD)).toMatchObject({
      status: 422,
      error: 'form_param_format_invalid',
      param: 'email_address'
    })
    expect(await attempt(freshEmail(), 'short')).toMatchObject({
      status: 422,
      error: 'form_password_length_too_short',
      param: 'password'
    })
    expect(await attempt(freshEmail(), 'password123')).toMatchObject({
      status: 422,
      error: 'form_password_pwned',
      param: 'password'
    })
    expect(await attempt(taken, PASSWORD)).toMatchObject({
      status: 422,
      error: 'form_identifier_exists',
      param: 'email_address'
    })
  })

  test('sign-in refuses an unknown address and a wrong password, then signs in, refreshes and signs out', async () => {
    const user = await target.createUser()
    const identifier = user.primaryEmailAddress?.emailAddress ?? ''
    const browser = await openBrowser(target)
    expect(
      await browser.call('POST', '/client/sign_ins', { identifier: freshEmail() })
    ).toMatchObject({
      status: 422,
      error: 'form_identifier_not_found',
      param: 'identifier'
    })
    expect(
      await browser.call('POST', '/client/sign_ins', {
        identifier,
        strategy: 'password',
        password: 'wrong-password'
      })
    ).toMatchObject({
      status: 422,
      error: 'form_password_incorrect',
      param: 'password'
    })
    const done = await browser.call('POST', '/client/sign_ins', {
      identifier,
      strategy: 'password',
      password: PASSWORD
    })
    expect(done.body.response?.status).toBe('complete')
    const session = `/client/sessions/${done.body.response?.created_session_id}`
    const { body } = await browser.call('POST', `${session}/tokens`)
    const state = await target.client.authenticateRequest(bearerRequest(body.jwt ?? ''), options)
    expect(state.toAuth()).toMatchObject({ userId: user.id })
    await browser.call('DELETE', '/client/sessions')
    expect((await browser.call('POST', `${session}/tokens`)).status).toBe(401)
  })

  test('authorizedParties refuses a token of another site', async () => {
    const browser = await openBrowser(target)
    const { userId, sessionId } = await signUp(browser, freshEmail())
    target.createdUserIds.push(userId)
    const { body } = await browser.call('POST', `/client/sessions/${sessionId}/tokens`)
    const request = bearerRequest(body.jwt ?? '')
    const state = await target.client.authenticateRequest(request, {
      authorizedParties: ['https://elsewhere.example']
    })
    expect(state).toMatchObject({
      status: 'signed-out',
      reason: 'token-invalid-authorized-parties'
    })
  })

  test('a forgotten password is reset with a code, and the old one stops working', async () => {
    const user = await target.createUser()
    const identifier = user.primaryEmailAddress?.emailAddress ?? ''
    const browser = await openBrowser(target)
    const begun = await browser.call('POST', '/client/sign_ins', { identifier })
    const path = `/client/sign_ins/${begun.body.response?.id}`
    const strategy = 'reset_password_email_code'
    await browser.call('POST', `${path}/prepare_first_factor`, {
      strategy,
      email_address_id: user.primaryEmailAddressId ?? ''
    })
    const attempted = await browser.call('POST', `${path}/attempt_first_factor`, {
      strategy,
      code: '424242'
    })
    expect(attempted.body.response?.status).toBe('needs_new_password')
    expect(
      await browser.call('POST', `${path}/reset_password`, { password: 'Different-horse-43' })
    ).toMatchObject({
      status: 200,
      body: { response: { status: 'complete' } }
    })
    expect(
      await failureOf(target.client.users.verifyPassword({ userId: user.id, password: PASSWORD }))
    ).toMatchObject({ status: 422 })
  })

  test('a sign-in ticket works once', async () => {
    const user = await target.createUser()
    const { token: ticket } = await target.client.signInTokens.createSignInToken({
      userId: user.id,
      expiresInSeconds: 60
    })
    const first = await (await openBrowser(target)).call('POST', '/client/sign_ins', {
      strategy: 'ticket',
      ticket
    })
    expect(first.body.response?.status).toBe('complete')
    expect(
      (
        await (
          await openBrowser(target)
        ).call('POST', '/client/sign_ins', { strategy: 'ticket', ticket })
      ).status
    ).toBe(400)
  })
})

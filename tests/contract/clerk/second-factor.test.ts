import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { codeAt } from '@/sandbox/clerk/factors/totp'
import type { RunningEmulator } from '@/sandbox/core/sandbox'
import { openBrowser } from '@/tests/contract/clerk/browser'
import { factorHelpers } from '@/tests/contract/clerk/factors'
import {
  failureOf,
  freshEmail,
  mintSession,
  PASSWORD,
  startEmulator,
  type Target,
  targetOf
} from '@/tests/contract/clerk/target'

let sandbox: RunningEmulator
let target: Target
beforeEach(async () => {
  sandbox = await startEmulator()
  target = targetOf(sandbox)
})
afterEach(() => target.close())

const { advance, newcomer, authOf, setUpApp } = factorHelpers(
  () => sandbox,
  () => target
)

test('an authenticator app becomes a second factor once its first code is verified', async () => {
  const { browser, userId, session } = await newcomer()
  await browser.call('POST', '/me/totp')
  expect(
    (await browser.call('POST', '/me/totp/attempt_verification', { code: '000000' })).error
  ).toBe('form_code_incorrect')
  expect(await target.client.users.getUser(userId)).toMatchObject({
    twoFactorEnabled: false,
    totpEnabled: false
  })
  const app = await setUpApp(browser)
  expect(app.backupCodes).toHaveLength(10)
  expect(await target.client.users.getUser(userId)).toMatchObject({
    twoFactorEnabled: true,
    totpEnabled: true,
    backupCodeEnabled: true
  })
  expect((await authOf(browser, session)).ages).toEqual([0, 0])
  expect(JSON.stringify((await browser.call('GET', '/me')).body)).not.toContain(app.secret)
})

test('sign-in asks for the second factor before it creates a session', async () => {
  const { browser, email, userId } = await newcomer()
  const app = await setUpApp(browser)
  const elsewhere = await openBrowser(target)
  const begun = await elsewhere.call('POST', '/client/sign_ins', {
    identifier: email,
    password: PASSWORD
  })
  expect(begun.body.response).toMatchObject({
    status: 'needs_second_factor',
    created_session_id: null
  })
  expect(begun.body.response?.supported_second_factors).toEqual([
    { strategy: 'totp' },
    { strategy: 'backup_code' }
  ])
  const attempt = (strategy: string, code: string) =>
    elsewhere.call('POST', `/client/sign_ins/${begun.body.response?.id}/attempt_second_factor`, {
      strategy,
      code
    })
  expect(await attempt('totp', '000000')).toMatchObject({
    status: 422,
    error: 'form_code_incorrect',
    param: 'code'
  })
  const done = await attempt('totp', app.code())
  expect(done.body.response?.status).toBe('complete')
  expect(
    (await authOf(elsewhere, `/client/sessions/${done.body.response?.created_session_id}`)).ages
  ).toEqual([0, 0])
  expect(await failureOf(target.client.users.verifyTOTP({ userId, code: '000000' }))).toMatchObject(
    { status: 422, code: 'form_code_incorrect' }
  )
  expect(await target.client.users.verifyTOTP({ userId, code: app.code() })).toMatchObject({
    code_type: 'totp'
  })
})

test('a backup code works once', async () => {
  const { browser, email } = await newcomer()
  const { backupCodes } = await setUpApp(browser)
  const signInWith = async (code: string) => {
    const elsewhere = await openBrowser(target)
    const begun = await elsewhere.call('POST', '/client/sign_ins', {
      identifier: email,
      password: PASSWORD
    })
    return elsewhere.call(
      'POST',
      `/client/sign_ins/${begun.body.response?.id}/attempt_second_factor`,
      { strategy: 'backup_code', code }
    )
  }
  expect((await signInWith(backupCodes[0] ?? '')).body.response?.status).toBe('complete')
  expect((await signInWith(backupCodes[0] ?? '')).error).toBe('form_code_incorrect')
})

test('with a second factor, a recent password alone is not a recent verification', async () => {
  const { browser, session } = await newcomer()
  const app = await setUpApp(browser)
  await advance(11)
  const begun = await browser.call('POST', `${session}/verify`, { level: 'second_factor' })
  expect(begun.body.response?.status).toBe('needs_second_factor')
  await browser.call('POST', `${session}/verify`, { level: 'first_factor' })
  await browser.call('POST', `${session}/verify/attempt_first_factor`, {
    strategy: 'password',
    password: PASSWORD
  })
  expect(await authOf(browser, session)).toEqual({ ages: [0, 11], isFresh: false })
  await browser.call('POST', `${session}/verify`, { level: 'multi_factor' })
  const first = await browser.call('POST', `${session}/verify/attempt_first_factor`, {
    strategy: 'password',
    password: PASSWORD
  })
  expect(first.body.response?.status).toBe('needs_second_factor')
  await browser.call('POST', `${session}/verify/attempt_second_factor`, {
    strategy: 'totp',
    code: app.code()
  })
  expect(await authOf(browser, session)).toEqual({ ages: [0, 0], isFresh: true })
})

test('the user renews the backup codes and removes the authenticator app', async () => {
  const { browser, userId } = await newcomer()
  expect(await browser.call('POST', '/me/backup_codes/')).toMatchObject({ status: 400 })
  const { backupCodes } = await setUpApp(browser)
  const { codes } = z
    .object({ codes: z.array(z.string()) })
    .parse((await browser.call('POST', '/me/backup_codes/')).body.response)
  expect(codes).toHaveLength(10)
  expect(codes).not.toContain(backupCodes[0])
  expect((await browser.call('POST', '/me/totp')).status, 'one is set up already').toBe(400)
  expect((await browser.call('DELETE', '/me/totp')).body.response).toMatchObject({ deleted: true })
  expect(await target.client.users.getUser(userId)).toMatchObject({
    twoFactorEnabled: false,
    totpEnabled: false,
    backupCodeEnabled: false
  })
})

test('support can remove the second factor', async () => {
  const { browser, userId, session } = await newcomer()
  await setUpApp(browser)
  expect((await target.client.users.disableUserMFA(userId)) as unknown).toMatchObject({})
  expect(await target.client.users.getUser(userId)).toMatchObject({
    twoFactorEnabled: false,
    backupCodeEnabled: false
  })
  expect((await authOf(browser, session)).ages).toEqual([0, -1])
})

test('tests sign in with a second factor, or age a verification, without a form', async () => {
  const press = (path: string, body: object) =>
    fetch(`${sandbox.url}/_sandbox${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body)
    })
  const answer = await press('/sign-in', {
    email: freshEmail(),
    origin: 'http://localhost:3000',
    second_factor: true
  })
  const { userId, sessionId } = z
    .object({ userId: z.string(), sessionId: z.string() })
    .parse(await answer.json())
  const agesNow = async () => {
    const { jwt } = await target.client.sessions.getToken(sessionId)
    return z
      .object({ fva: z.array(z.number()) })
      .parse(JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())).fva
  }
  expect(await agesNow()).toEqual([0, 0])
  expect((await target.client.users.getUser(userId)).twoFactorEnabled).toBe(true)
  const { code } = z
    .object({ code: z.string() })
    .parse(await (await fetch(`${sandbox.url}/_sandbox/users/${userId}/totp`)).json())
  expect(await target.client.users.verifyTOTP({ userId, code })).toMatchObject({ verified: true })
  await press(`/users/${userId}/age-proof`, {})
  expect(await agesNow()).toEqual([11, 11])
  expect((await mintSession(target, userId)).jwt).not.toBe('')
})

test('codes match RFC 6238', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  expect(
    [59, 1_111_111_109, 1_234_567_890, 20_000_000_000].map((seconds) =>
      codeAt(secret, seconds * 1_000)
    )
  ).toEqual(['287082', '081804', '005924', '353130'])
})

test('device trust asks for an e-mailed code once per device, and that code counts as a second factor', async () => {
  await fetch(`${sandbox.url}/_sandbox/device-trust`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"on":true}'
  })
  const { browser: trusted, email, session: first } = await newcomer()
  const device = await openBrowser(target)
  const begun = await device.call('POST', '/client/sign_ins', {
    identifier: email,
    password: PASSWORD
  })
  const signIn = `/client/sign_ins/${begun.body.response?.id}`
  expect(begun.body.response).toMatchObject({
    status: 'needs_client_trust',
    created_session_id: null,
    supported_second_factors: [{ strategy: 'email_code' }]
  })
  expect(begun.body.client).toMatchObject({ sessions: [] })
  expect(
    await device.call('POST', `${signIn}/attempt_second_factor`, {
      strategy: 'email_code',
      code: '424242'
    })
  ).toMatchObject({
    error: 'verification_missing'
  })
  await device.call('POST', `${signIn}/prepare_second_factor`, { strategy: 'email_code' })
  expect(
    await device.call('POST', `${signIn}/attempt_second_factor`, {
      strategy: 'email_code',
      code: '111111'
    })
  ).toMatchObject({
    error: 'form_code_incorrect'
  })
  const done = await device.call('POST', `${signIn}/attempt_second_factor`, {
    strategy: 'email_code',
    code: '424242'
  })
  expect(done.body.response).toMatchObject({ status: 'complete' })
  expect(done.body.client?.sessions[0]).toMatchObject({
    factor_verification_age: [0, 0],
    user: { two_factor_enabled: false }
  })
  expect(
    (await authOf(device, `/client/sessions/${done.body.response?.created_session_id}`)).ages
  ).toEqual([0, 0])

  for (const [browser, session] of [
    [trusted, first],
    [device, `/client/sessions/${done.body.response?.created_session_id}`]
  ] as const) {
    await browser.call('POST', `${session}/end`)
    expect(
      (await browser.call('POST', '/client/sign_ins', { identifier: email, password: PASSWORD }))
        .body.response
    ).toMatchObject({ status: 'complete' })
  }
})

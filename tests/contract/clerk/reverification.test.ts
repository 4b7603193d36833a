import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { RunningEmulator } from '@/sandbox/core/sandbox'
import { factorHelpers } from '@/tests/contract/clerk/factors'
import {
  freshEmail,
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

const { advance, newcomer, authOf } = factorHelpers(
  () => sandbox,
  () => target
)

test('the token carries the verification age across refreshes, and a password resets it', async () => {
  const { browser, session } = await newcomer()
  expect(await authOf(browser, session)).toEqual({ ages: [0, -1], isFresh: true })
  await advance(9)
  expect(await authOf(browser, session)).toEqual({ ages: [9, -1], isFresh: true })
  await advance(1)
  expect(await authOf(browser, session)).toEqual({ ages: [10, -1], isFresh: false })
  const begun = await browser.call('POST', `${session}/verify`, { level: 'second_factor' })
  expect(begun.body.response).toMatchObject({
    object: 'session_verification',
    status: 'needs_first_factor',
    supported_second_factors: null
  })
  const wrong = await browser.call('POST', `${session}/verify/attempt_first_factor`, {
    strategy: 'password',
    password: 'wrong-password'
  })
  expect(wrong).toMatchObject({ status: 422, error: 'form_password_incorrect', param: 'password' })
  expect((await authOf(browser, session)).isFresh).toBe(false)
  const done = await browser.call('POST', `${session}/verify/attempt_first_factor`, {
    strategy: 'password',
    password: PASSWORD
  })
  expect(done.body.response).toMatchObject({
    status: 'complete',
    session: { factor_verification_age: [0, -1] }
  })
  expect(await authOf(browser, session)).toEqual({ ages: [0, -1], isFresh: true })
})

test('an e-mailed code verifies as well as the password does', async () => {
  const { browser, session } = await newcomer()
  await advance(11)
  const begun = await browser.call('POST', `${session}/verify`, { level: 'first_factor' })
  const { supported_first_factors: factors } = z
    .object({
      supported_first_factors: z.array(
        z.looseObject({ strategy: z.string(), email_address_id: z.string().optional() })
      )
    })
    .parse(begun.body.response)
  expect(factors.map(({ strategy }) => strategy)).toEqual(['password', 'email_code'])
  const email_address_id = factors[1]?.email_address_id ?? ''
  await browser.call('POST', `${session}/verify/prepare_first_factor`, {
    strategy: 'email_code',
    email_address_id
  })
  const attempt = (code: string) =>
    browser.call('POST', `${session}/verify/attempt_first_factor`, { strategy: 'email_code', code })
  expect((await attempt('111111')).error).toBe('form_code_incorrect')
  expect((await attempt('424242')).body.response?.status).toBe('complete')
  expect((await authOf(browser, session)).isFresh).toBe(true)
})

test('verification is refused for another browser’s session and when it was not started', async () => {
  const { browser, session } = await newcomer()
  const other = await newcomer()
  expect(
    (await other.browser.call('POST', `${session}/verify`, { level: 'first_factor' })).status
  ).toBe(401)
  const early = await browser.call('POST', `${session}/verify/attempt_first_factor`, {
    strategy: 'password',
    password: PASSWORD
  })
  expect(early).toMatchObject({ status: 400, error: 'verification_missing' })
  expect((await browser.call('POST', `${session}/verify`, { level: 'any' })).status).toBe(422)
})

test('a stale verification blocks changes of sign-in methods', async () => {
  const { browser } = await newcomer()
  await advance(10)
  for (const [method, path, form] of [
    ['POST', '/me/phone_numbers', { phone_number: '+14155550101' }],
    ['POST', '/me/email_addresses', { email_address: freshEmail() }],
    ['POST', '/me/totp', {}],
    [
      'POST',
      '/me/change_password',
      { current_password: PASSWORD, new_password: 'Different-horse-43' }
    ],
    ['DELETE', '/me', {}]
  ] as const)
    expect(await browser.call(method, path, form), path).toMatchObject({
      status: 403,
      error: 'session_reverification_required'
    })
})

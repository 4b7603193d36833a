import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { RunningEmulator } from '@/sandbox/core/sandbox'
import { type Browser, openBrowser, signUp } from '@/tests/contract/clerk/browser'
import {
  failureOf,
  freshEmail,
  startEmulator,
  type Target,
  targetOf
} from '@/tests/contract/clerk/target'

let sandbox: RunningEmulator
let target: Target
beforeAll(async () => {
  sandbox = await startEmulator()
  target = targetOf(sandbox)
})
afterAll(() => target.close())

let last = 0
/** An unused fictional number. */
const testNumber = () =>
  `+1${415 + Math.floor(last / 100)}55501${String(last++ % 100).padStart(2, '0')}`

async function newcomer() {
  const browser = await openBrowser(target)
  return { browser, ...(await signUp(browser, freshEmail())) }
}
const add = (browser: Browser, number: string) =>
  browser.call('POST', '/me/phone_numbers/', { phone_number: number })
async function sent(browser: Browser, number: string) {
  const path = `/me/phone_numbers/${(await add(browser, number)).body.response?.id}`
  await browser.call('POST', `${path}/prepare_verification`, { strategy: 'phone_code' })
  return (code: string) => browser.call('POST', `${path}/attempt_verification`, { code })
}
const phonesOf = async (userId: string) =>
  (await target.client.users.getUser(userId)).phoneNumbers.map(({ phoneNumber, verification }) => [
    phoneNumber,
    verification?.status ?? null
  ])

test('a number belongs to no user until it is verified, and then the Backend API shows it', async () => {
  const { browser, userId } = await newcomer()
  const number = testNumber()
  const enter = await sent(browser, number)
  expect(await phonesOf(userId)).toEqual([[number, 'unverified']])
  expect(await enter('111111')).toMatchObject({
    status: 422,
    error: 'form_code_incorrect',
    param: 'code'
  })
  expect(await enter('424242')).toMatchObject({
    status: 200,
    body: { response: { phone_number: number, verification: { status: 'verified' } } }
  })
  expect(await phonesOf(userId)).toEqual([[number, 'verified']])
  expect((await target.client.users.getUser(userId)).primaryPhoneNumber?.phoneNumber).toBe(number)
})

test('a real number gets a random code, which the inbox shows', async () => {
  const { browser } = await newcomer()
  const number = '+12025550200'
  const enter = await sent(browser, number)
  expect((await enter('424242')).error).toBe('form_code_incorrect')
  const inbox = z
    .array(z.object({ to: z.string(), code: z.string() }))
    .parse(await (await fetch(`${sandbox.url}/_sandbox/inbox`)).json())
  expect((await enter(inbox.find(({ to }) => to === number)?.code ?? '')).status).toBe(200)
})

test('an invalid number and a number that is already verified are refused under the field', async () => {
  const { browser } = await newcomer()
  for (const bad of [
    '',
    'call me',
    '+1',
    '+11155501234',
    '4155550132',
    `+1${'9'.repeat(400)}`,
    '📞'
  ])
    expect(await add(browser, bad), bad).toMatchObject({
      status: 422,
      error: 'form_param_format_invalid',
      param: 'phone_number'
    })
  const number = testNumber()
  const slower = await sent(browser, number)
  const other = await newcomer()
  expect((await (await sent(other.browser, number))('424242')).status).toBe(200)
  expect(await slower('424242'), 'verified by another user meanwhile').toMatchObject({
    status: 422,
    error: 'form_identifier_exists',
    param: 'phone_number'
  })
  expect(await add((await newcomer()).browser, number)).toMatchObject({
    status: 422,
    error: 'form_identifier_exists',
    param: 'phone_number'
  })
})

test('a code expires after ten minutes and after four wrong attempts', async () => {
  const { browser } = await newcomer()
  const enter = await sent(browser, testNumber())
  for (const _ of [1, 2, 3]) expect((await enter('000000')).error).toBe('form_code_incorrect')
  expect((await enter('000000')).error).toBe('verification_failed')
  expect((await enter('424242')).error).toBe('verification_failed')
  const late = await sent(browser, testNumber())
  await fetch(`${sandbox.url}/_sandbox/clock`, {
    method: 'POST',
    body: JSON.stringify({ advance: 601_000 })
  })
  expect(await late('424242')).toMatchObject({ status: 400, error: 'verification_expired' })
})

test('another user’s number is not found, and the user’s own can be removed', async () => {
  const [mine, theirs] = [await newcomer(), await newcomer()]
  const added = (await add(mine.browser, testNumber())).body.response?.id
  expect(
    (
      await theirs.browser.call('POST', `/me/phone_numbers/${added}/prepare_verification`, {
        strategy: 'phone_code'
      })
    ).status
  ).toBe(404)
  expect((await mine.browser.call('DELETE', `/me/phone_numbers/${added}`)).status).toBe(200)
  expect(await phonesOf(mine.userId)).toEqual([])
})

test('the Backend API adds a verified number, refuses one in use and removes it', async () => {
  const user = await target.createUser()
  const phoneNumber = testNumber()
  const made = await target.client.phoneNumbers.createPhoneNumber({
    userId: user.id,
    phoneNumber,
    verified: true,
    primary: true
  })
  expect(await phonesOf(user.id)).toEqual([[phoneNumber, 'verified']])
  const other = await target.createUser()
  expect(
    await failureOf(
      target.client.phoneNumbers.createPhoneNumber({
        userId: other.id,
        phoneNumber,
        verified: true
      })
    )
  ).toEqual({
    status: 422,
    code: 'form_identifier_exists',
    param: 'phone_number'
  })
  expect(
    (await target.client.users.getUserList({ phoneNumber: [phoneNumber] })).data.map(({ id }) => id)
  ).toEqual([user.id])
  await target.client.phoneNumbers.deletePhoneNumber(made.id)
  expect(await phonesOf(user.id)).toEqual([])
})

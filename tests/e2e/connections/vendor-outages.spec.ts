import {
  callApi,
  clientOf,
  completeDraft,
  linkBank,
  openAccount,
  SSN
} from '@/tests/e2e/support/api'
import { query } from '@/tests/e2e/support/database'
import { expect, test } from '@/tests/e2e/support/fixtures'
import {
  AFTER_BREAKER,
  expectSingleApplication,
  jikoApplicationIds
} from '@/tests/e2e/support/jiko-ledger'
import { stack } from '@/tests/e2e/support/stack'
import { waitForClerkScripts } from '@/tests/e2e/support/steps/clerk-pages'
import {
  chooseBank,
  linkThroughLink,
  logIn,
  openLink,
  shareAccounts
} from '@/tests/e2e/support/steps/link-pages'
import { heading } from '@/tests/e2e/support/steps/onboarding-pages'
import { createTestUser } from '@/tests/e2e/support/users'
import {
  callControl,
  clearFaults,
  createPublicToken,
  injectFault,
  type PlaidItem,
  recoverVendors
} from '@/tests/e2e/support/vendors'

// Faults and the circuit breaker affect all users, so these tests run alone.
test.afterEach(recoverVendors)

/** Applications that existed before, which may belong to users deleted since. */
let known: Set<string>
test.beforeEach(async () => {
  known = await jikoApplicationIds()
})

test('@long Plaid is down when a bank is added: the error is shown, and a retry works', async ({
  home: page,
  user
}) => {
  await openAccount(user)
  await page.goto('/onboarding')
  await injectFault('plaid', { path: '/link/token/create', kind: '503' })
  await page.getByRole('button', { name: 'Add a bank account' }).click()
  await expect(
    page
      .getByRole('alert')
      .filter({ hasText: 'We cannot reach your bank connection service right now' })
  ).toBeVisible({ timeout: 40_000 })
  await clearFaults()
  await expect(() => linkThroughLink(page)).toPass({ timeout: 30_000 })
  await expect(page).toHaveURL(/\/dashboard$/, { timeout: 30_000 })
})

test('Plaid’s window does not load: the error is shown, and a retry opens it', async ({
  home: page,
  user
}) => {
  await openAccount(user)
  await page.goto('/onboarding')
  await injectFault('plaid', { path: '/link/v2/stable/link-initialize.js', kind: '503' })
  await page.getByRole('button', { name: 'Add a bank account' }).click()
  await expect(
    page.getByRole('alert').filter({ hasText: 'Plaid’s window could not be loaded' })
  ).toBeVisible({ timeout: 20_000 })
  await clearFaults()
  await openLink(page)
})

test('Plaid is down when Link finishes: a retry completes with the same login', async ({
  home: page,
  user
}) => {
  test.setTimeout(90_000)
  await openAccount(user)
  await page.goto('/onboarding')
  await openLink(page)
  await chooseBank(page)
  await logIn(page)
  await injectFault('plaid', { path: '/item/public_token/exchange', kind: '503' })
  await shareAccounts(page)
  await expect(page.getByText('Your bank was not added yet')).toBeVisible({ timeout: 40_000 })
  await clearFaults()
  await expect(async () => {
    const again = page.getByRole('button', { name: 'Try again' })
    if (await again.isVisible()) await again.click()
    await expect(page).toHaveURL(/\/dashboard$/, { timeout: 8_000 })
  }).toPass(AFTER_BREAKER)
})

test('Plaid is down during the first sync: the bank is listed, and its transactions follow automatically', async ({
  home: page,
  user
}) => {
  test.setTimeout(90_000)
  await injectFault('plaid', { path: '/transactions/sync', kind: 'reset' })
  const { connectionId } = await clientOf(user).postBankSetAccessToken({
    body: { public_token: await createPublicToken() }
  })
  await page.goto('/dashboard')
  await expect(page.getByText('They appear here as soon as your bank has sent them.')).toBeVisible()
  await expect
    .poll(
      async () =>
        (await clientOf(user).getConnectionsByIdProgress({ params: { id: connectionId } }))
          .attempts,
      AFTER_BREAKER
    )
    .toBeGreaterThan(0)
  await clearFaults()
  await expect(
    page
      .getByRole('region', { name: 'Latest transactions' })
      .getByText(/\$[\d,]+\.\d{2}/)
      .first()
  ).toBeVisible({ timeout: 60_000 })
})

test('Clerk is down: public pages and webhooks work, the API returns an error, and no user is signed out', async ({
  home: page,
  user,
  open
}) => {
  await linkBank(user)
  await page.goto('/dashboard')
  await expect(heading(page, 'Dashboard')).toBeVisible()
  await waitForClerkScripts(page)
  const bearer = await user.bearer()
  expect((await fetch(`${stack.appUrl}/api/v1/me`, { headers: bearer })).status).toBe(200)
  await injectFault('clerk', { path: '*', kind: '503' })
  const visitor = await open()
  await visitor.goto('/')
  await expect(heading(visitor, /All your money/)).toBeVisible()
  // Links from e-mails and PDFs, which need no session.
  for (const path of ['/lock', '/esign']) {
    await visitor.goto(path)
    await expect(visitor.getByRole('heading', { level: 1 }), path).toBeVisible()
  }
  const form = await fetch(`${stack.appUrl}/sign-up`, {
    redirect: 'manual',
    headers: { accept: 'text/html', 'sec-fetch-dest': 'document' }
  })
  expect([form.status, await form.text()]).toEqual([
    200,
    expect.stringContaining('Create your account')
  ])
  expect((await fetch(`${stack.appUrl}/api/health/live`)).status).toBe(200)
  expect(
    (await fetch(`${stack.appUrl}/api/webhooks/clerk`, { method: 'POST', body: '{}' })).status
  ).toBe(401)
  // The token keys are cached, so a user with a token continues.
  expect((await fetch(`${stack.appUrl}/api/v1/me`, { headers: bearer })).status).toBe(200)
  await clearFaults()
  await page.goto('/connections')
  await expect(heading(page, 'Connections')).toBeVisible()
})

test('@long Clerk is down during an application: the error is shown, and nothing is sent to Jiko', async ({
  user
}) => {
  await completeDraft(user)
  const headers = { ...(await user.bearer()), 'content-type': 'application/json' }
  await injectFault('clerk', { path: '/v1/users', kind: '503' })
  const response = await fetch(`${stack.appUrl}/api/v1/application/submit`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ ssn: SSN })
  })
  expect(response.status).toBe(503)
  expect(await response.json()).toMatchObject({
    error: {
      code: 'unavailable',
      message: expect.stringContaining('We cannot check who you are right now')
    }
  })
  expect(await query('select 1 from applications where user_id = $1', [user.userId])).toEqual([])
})

test('@long a vendor that never responds leads to a 503 at the deadline', async ({ user }) => {
  await injectFault('plaid', { path: '/link/token/create', kind: 'timeout' })
  await injectFault('jiko', { path: '/api/v1/agreements', kind: 'timeout' })
  const [plaid, jiko] = await Promise.all([
    callApi(user, 'POST', '/bank/connect', {}),
    callApi(user, 'GET', '/application/agreements')
  ])
  expect([plaid.status, jiko.status]).toEqual([503, 503])
})

test('the same public token sent twice at once links one Item', async ({ user }) => {
  const before = await callControl<{ items: PlaidItem[] }>('plaid', '/ledger')
  const public_token = await createPublicToken({ institutionId: 'ins_109511' })
  const answers = await Promise.all(
    [1, 2].map(() =>
      callApi<{ connectionId: string }>(user, 'POST', '/bank/set_access_token', { public_token })
    )
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(new Set(answers.map(({ body }) => body.connectionId)).size).toBe(1)
  const after = await callControl<{ items: PlaidItem[] }>('plaid', '/ledger')
  const known = new Set(before.items.map(({ itemId }) => itemId))
  expect(
    after.items.filter(
      ({ itemId, removed, exchanged }) => !known.has(itemId) && exchanged && !removed
    )
  ).toHaveLength(1)
})

test('two simultaneous submits create one application and one pocket', async () => {
  const user = await createTestUser()
  await completeDraft(user)
  const answers = await Promise.all(
    [1, 2].map(() => callApi(user, 'POST', '/application/submit', { ssn: SSN }))
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  await expect
    .poll(async () => (await callApi(user, 'GET', '/account')).status, AFTER_BREAKER)
    .toBe(200)
  await expectSingleApplication(user, known)
})

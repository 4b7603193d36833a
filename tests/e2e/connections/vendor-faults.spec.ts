import { completeDraft, openAccount, SSN, saveDraftAnswers } from '@/tests/e2e/support/api'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import {
  AFTER_BREAKER,
  expectSingleApplication,
  jikoApplicationIds
} from '@/tests/e2e/support/jiko-ledger'
import { CODE } from '@/tests/e2e/support/steps/clerk-pages'
import { clickContinue, heading, sendSsn } from '@/tests/e2e/support/steps/onboarding-pages'
import { expireReverification, newPhone } from '@/tests/e2e/support/users'
import { clearFaults, injectFault, recoverVendors } from '@/tests/e2e/support/vendors'

// Faults and the circuit breaker affect all users, so these tests run alone.
test.afterEach(recoverVendors)

/** Applications that existed before, which may belong to users deleted since. */
let known: Set<string>
test.beforeEach(async () => {
  known = await jikoApplicationIds()
})

const summary = (page: Page) =>
  page.getByRole('alert').filter({ hasText: /problem|reach|could not|not answering|added/i })

const FAULTS = ['503', 'reset', 'html'] as const

for (const kind of FAULTS) {
  test(`${kind === 'reset' ? '' : '@long '}Jiko returns ${kind} for the application: the error is shown, the number stays typed, and a retry works`, async ({
    home: page,
    user
  }) => {
    await completeDraft(user)
    await page.goto('/onboarding/submit')
    await injectFault('jiko', { path: '/api/v1/applications', kind })
    await sendSsn(page, SSN)
    await expect(summary(page)).toContainText(
      /We cannot reach Jiko right now.*Your entries are kept/,
      { timeout: 40_000 }
    )
    await expect(page.getByLabel(/Social Security number/).first()).toHaveValue(
      SSN.replace(/^(...)(..)/, '$1-$2-')
    )
    await clearFaults()
    await expect(async () => {
      if (await page.getByRole('button', { name: 'Submit application' }).isVisible())
        await clickContinue(page, 'Submit application')
      await expect(page.getByText('Your account is open')).toBeVisible({ timeout: 8_000 })
    }).toPass(AFTER_BREAKER)
    await expectSingleApplication(user, known)
  })
}

test('Jiko’s response to the application is lost: the number is requested again, and there is one application', async ({
  home: page,
  user
}) => {
  test.setTimeout(90_000)
  await completeDraft(user)
  await page.goto('/onboarding/submit')
  await injectFault('jiko', {
    path: '/api/v1/applications',
    method: 'POST',
    kind: 'timeout_after_commit',
    delay: 100
  })
  await sendSsn(page, SSN)
  await expect(summary(page)).toContainText('We cannot reach Jiko right now', { timeout: 40_000 })
  await clearFaults()
  await page.goto('/onboarding')
  await expect(heading(page, 'Enter your Social Security number once more')).toBeVisible()
  await expect(async () => {
    if (await page.getByRole('button', { name: 'Submit application' }).isVisible())
      await sendSsn(page, SSN)
    await expect(page.getByText('Your account is open')).toBeVisible({ timeout: 8_000 })
  }).toPass(AFTER_BREAKER)
  await expectSingleApplication(user, known)
})

test('@long Clerk is down while a phone number is verified: the error is shown, and the same page works afterwards', async ({
  home: page,
  user
}) => {
  test.setTimeout(90_000)
  await saveDraftAnswers(user, { until: 'phone' })
  await page.goto('/onboarding')
  await page.getByLabel('What is your mobile phone number?').fill(newPhone())
  await clickContinue(page)
  await expect(heading(page, 'Confirm your phone number')).toBeVisible()
  await injectFault('clerk', { path: '/v1/me/phone_numbers', kind: '503' })
  await clickContinue(page, 'Text me a code')
  await expect(summary(page)).toContainText('We cannot send or check codes right now', {
    timeout: 40_000
  })
  await clearFaults()
  await clickContinue(page, 'Text me a code')
  const code = page.getByLabel('Code from the text message')
  await expect(code).toBeFocused()
  // The code is right, but our server cannot verify it with Clerk.
  await injectFault('clerk', { path: '/v1/users', kind: '503' })
  await code.fill(CODE)
  await clickContinue(page)
  await expect(summary(page)).toContainText('We cannot check who you are right now', {
    timeout: 40_000
  })
  await clearFaults()
  await expect(async () => {
    if (await code.isVisible()) await clickContinue(page)
    await expect(heading(page, 'Where do you live?')).toBeVisible({ timeout: 3_000 })
  }).toPass(AFTER_BREAKER)
})

test('Clerk is down at reverification: nothing is revealed, and the error is shown', async ({
  home: page,
  user
}) => {
  await openAccount(user)
  await page.goto('/account')
  await expireReverification(page, user.userId)
  const id = await page.evaluate(
    () => (window as unknown as { Clerk: { session: { id: string } } }).Clerk.session.id
  )
  await injectFault('clerk', { path: `/v1/client/sessions/${id}/verify`, kind: '503' })
  await page.getByRole('button', { name: 'Show numbers' }).click()
  await expect(page.getByText('that isn’t possible right now')).toBeVisible({ timeout: 40_000 })
  await clearFaults()
  await page.getByRole('button', { name: 'Show numbers' }).click()
  await expect(
    page.getByRole('dialog').getByRole('heading', { name: 'Verification required' })
  ).toBeVisible()
})

test('@long Jiko’s agreements are unavailable: the error is shown with a retry', async ({
  home: page,
  user
}) => {
  await completeDraft(user)
  await injectFault('jiko', { path: '/api/v1/agreements', kind: '503' })
  await page.goto('/onboarding/agreements')
  await expect(
    page.getByRole('alert').filter({ hasText: 'The documents could not be loaded' })
  ).toBeVisible({ timeout: 40_000 })
  await clearFaults()
  await expect(async () => {
    const again = page.getByRole('button', { name: 'Try again' })
    if (await again.isVisible()) await again.click()
    await expect(page.getByRole('checkbox', { name: /I agree to them/ })).toBeVisible({
      timeout: 3_000
    })
  }).toPass(AFTER_BREAKER)
})

test('@long Jiko is down while numbers are revealed: they stay masked and can be requested again', async ({
  home: page,
  user
}) => {
  await openAccount(user)
  await page.goto('/account')
  await injectFault('jiko', { path: '/api/v1/', kind: '503' })
  await page.getByRole('button', { name: 'Show numbers' }).click()
  await expect(page.getByText('We cannot reach Jiko right now').first()).toBeVisible({
    timeout: 40_000
  })
  await clearFaults()
  await expect(async () => {
    const show = page.getByRole('button', { name: 'Show numbers' })
    if (await show.isVisible()) await show.click()
    await expect(page.getByRole('button', { name: 'Hide numbers' })).toBeVisible({ timeout: 3_000 })
  }).toPass(AFTER_BREAKER)
})

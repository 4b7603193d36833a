/** Agreements are shared by all users, so this test runs alone. */
import { completeDraft, SSN } from '@/tests/e2e/support/api'
import { expect, test } from '@/tests/e2e/support/fixtures'
import {
  acceptAgreements,
  clickContinue,
  heading
} from '@/tests/e2e/support/steps/onboarding-pages'
import { callControl } from '@/tests/e2e/support/vendors'

test('newer agreements return the user to the agreements page with an explanation', async ({
  home: page,
  user
}) => {
  await completeDraft(user)
  await page.goto('/onboarding/submit')
  await callControl('jiko', '/agreements/publish', {})
  await page.getByLabel('What is your Social Security number?').fill(SSN)
  await clickContinue(page, 'Submit application')
  await expect(page).toHaveURL(/\/onboarding\/agreements$/)
  await expect(page.getByText('Jiko has updated these documents')).toBeVisible()
  await acceptAgreements(page)
  await expect(heading(page, 'Check your answers')).toBeVisible()
})

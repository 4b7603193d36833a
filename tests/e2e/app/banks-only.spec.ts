import { accessibilityViolations } from '@/tests/e2e/support/accessibility'
import { linkBank, saveDraftAnswers } from '@/tests/e2e/support/api'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { heading } from '@/tests/e2e/support/steps/onboarding-pages'

test('a user adds banks and uses the dashboard without an application', async ({
  home: page,
  user
}) => {
  await page.goto('/onboarding')
  await page.getByRole('link', { name: 'Add them without an account' }).click()
  await expect(page).toHaveURL(/\/connections/)

  await page.goto('/dashboard')
  await expect(heading(page, 'Dashboard')).toBeVisible()
  await expect(page.getByRole('region', { name: 'How would you like to begin?' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Cash flow' })).toHaveCount(0)
  expect(await accessibilityViolations(page)).toEqual([])

  await linkBank(user)
  await page.goto('/dashboard')
  await expect(page.getByRole('region', { name: 'Your banks' })).toContainText('Checking')
  const offer = page.getByRole('region', { name: 'Open an account' })
  await expect(offer).toBeVisible()
  await expect(page.getByText('Finish opening your account')).toHaveCount(0)
  await offer.getByRole('link').click()
  await expect(heading(page, 'What is your legal name?')).toBeVisible()

  await saveDraftAnswers(user, { until: 'phone' })
  await page.goto('/dashboard')
  // While the page arrives, its parts are also outside `main`, hidden.
  await expect(page.getByRole('main').getByText('Finish opening your account')).toBeVisible()
  await expect(offer).toHaveCount(0)
})

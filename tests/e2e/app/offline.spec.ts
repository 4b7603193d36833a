import { linkBank } from '@/tests/e2e/support/api'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { waitForClerkScripts } from '@/tests/e2e/support/steps/clerk-pages'
import { heading } from '@/tests/e2e/support/steps/onboarding-pages'

test('offline, a link and a search keep the page and explain the problem, and work afterwards', async ({
  home: page,
  context,
  user
}) => {
  await linkBank(user)
  await page.goto('/transactions')
  await expect(page.locator('li[data-transaction]').first()).toBeVisible()
  await waitForClerkScripts(page)
  await context.setOffline(true)
  await expect(page.getByRole('status').filter({ hasText: 'You’re offline' })).toBeVisible()
  await page.getByRole('searchbox').fill('zebra crossing')
  await page
    .getByRole('navigation', { name: 'Main' })
    .first()
    .getByRole('link', { name: 'Dashboard' })
    .click()
  await expect(heading(page, 'Transactions')).toBeVisible()
  await expect(page.getByRole('searchbox')).toHaveValue('zebra crossing')
  await context.setOffline(false)
  await expect(page).toHaveURL(/q=zebra/, { timeout: 20_000 })
  await expect(page.getByText('You’re offline')).toHaveCount(0)
  await page
    .getByRole('navigation', { name: 'Main' })
    .first()
    .getByRole('link', { name: 'Dashboard' })
    .click()
  await expect(heading(page, 'Dashboard')).toBeVisible({ timeout: 20_000 })
})

import { expect, test } from '@/tests/e2e/support/fixtures'
import { startOwnStack } from '@/tests/e2e/support/own-stack'
import { heading } from '@/tests/e2e/support/steps/onboarding-pages'

test.describe.configure({ timeout: 240_000 })

test('@long the landing page leads to a demo user with banks, history and a returned transfer', async ({
  open
}) => {
  const own = await startOwnStack({}, 3_800)
  try {
    const page = await open(undefined, { baseURL: own.stack.appUrl })
    await page.goto('/')
    await page.getByRole('link', { name: 'See the demo' }).click()
    await expect(heading(page, 'Dashboard')).toBeVisible({ timeout: 120_000 })
    await expect(page.getByText('First Gingham Credit Union: sign-in needed')).toBeVisible()
    await expect(page.getByRole('region', { name: 'Your banks' })).toContainText('Harlequin')
    await page.goto('/account')
    await expect(page.getByText('Sent back')).toBeVisible()
    const demo = /Demo\s+(\S+)/.exec(own.output())?.[1]
    const other = await open(undefined, { baseURL: own.stack.appUrl })
    await other.goto(`${demo}/half-way`)
    await expect(other.getByText('Finish opening your account')).toBeVisible({ timeout: 20_000 })
    await other.getByRole('link', { name: 'Continue' }).click()
    await expect(other).toHaveURL(/\/onboarding\/work$/)
  } finally {
    await own.stop()
  }
})

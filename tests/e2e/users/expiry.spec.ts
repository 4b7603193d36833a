/** Warnings before something ends that would lose the user's work. */
import { expect, test } from '@/tests/e2e/support/fixtures'
import { openLink } from '@/tests/e2e/support/steps/link-pages'

const MINUTE = 60_000

test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }))

test('@long the end of a session is announced before it, with a way to sign in again', async ({
  home: page
}) => {
  let expireAt = Date.now() + 60 * MINUTE
  await page.route(/\/__clerk\/v1\/client/, async (route) => {
    const response = await route.fetch()
    const body = await response.text()
    await route.fulfill({
      response,
      body: body.replaceAll(/"expire_at":\s*\d+/g, `"expire_at":${expireAt}`)
    })
  })
  const notice = page.getByRole('status').filter({ hasText: 'You’ll be signed out on' })
  await page.goto('/settings')
  await expect(page.getByRole('button', { name: /open user menu/i })).toBeVisible()
  await expect(notice).toHaveCount(0)
  expireAt = Date.now() + 8 * MINUTE
  await page.reload()
  await expect(notice).toBeVisible()
  await notice.getByRole('button', { name: 'Sign in again' }).click()
  await expect(page).toHaveURL(/\/sign-in\?redirect_url=%2Fsettings/, { timeout: 20_000 })
})

test('@long the end of Plaid’s window is announced above it', async ({ home: page }) => {
  await page.route(/\/api\/v1\/bank\/connect/, async (route) => {
    const response = await route.fetch()
    const body = (await response.json()) as Record<string, unknown>
    await route.fulfill({
      response,
      json: { ...body, expiresAt: new Date(Date.now() + 4 * MINUTE).toISOString() }
    })
  })
  await page.goto('/connections')
  await openLink(page)
  const notice = page.getByRole('alert').filter({ hasText: 'Plaid’s window expires on' })
  await expect(notice).toBeVisible()
  const isOnTop = await notice.evaluate((one) => {
    const { x, y, width, height } = one.getBoundingClientRect()
    return document.elementFromPoint(x + width / 2, y + height / 2) === one
  })
  expect(isOnTop).toBe(true)
})

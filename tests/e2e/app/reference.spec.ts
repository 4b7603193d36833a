import type { Page } from '@playwright/test'
import { expect, test } from '@/tests/e2e/support/fixtures'

/** Opens the form of one operation. */
async function tryOut(page: Page, operation: string) {
  const part = page.locator(`[id="${operation}"]`)
  await part.locator('summary').first().click()
  await part.getByRole('button', { name: `Try it: ${operation}` }).click()
  return part.getByRole('form', { name: `Try ${operation}` })
}

test('the reference sends requests with the session of the browser', async ({
  home: page,
  user
}) => {
  await page.goto('/docs')
  const me = await tryOut(page, 'getMe')
  await me.getByRole('button', { name: 'Send' }).click()
  await expect(me.getByRole('status')).toContainText(user.userId)
  const asset = await tryOut(page, 'postAssets')
  const boat = { name: 'Boat', kind: 'vehicle', currency: 'USD', value: '1200' }
  await asset.getByLabel('JSON body').fill(JSON.stringify(boat))
  await asset.getByRole('button', { name: 'Send' }).click()
  await expect(asset.getByRole('status')).toContainText('"minor": "120000"')
})

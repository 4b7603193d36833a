import { accessibilityViolations, overflowingElements } from '@/tests/e2e/support/accessibility'
import { clientOf } from '@/tests/e2e/support/api'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import {
  chooseBank,
  linkFrame,
  logIn,
  pane,
  shareAccounts
} from '@/tests/e2e/support/steps/link-pages'

/** The address in the code, which a phone would scan. */
async function openDialog(page: Page): Promise<string> {
  await page.goto('/connections')
  await page.getByRole('button', { name: 'Continue on my phone' }).click()
  const dialog = page.getByRole('dialog', { name: 'Continue on your phone' })
  await expect(dialog.getByRole('img', { name: 'QR code for your phone' })).toBeVisible()
  await expect(dialog.getByRole('status')).toHaveText('Waiting for your phone')
  const link = dialog.getByRole('link', { name: 'Open it on this device' })
  return (await link.getAttribute('href')) ?? ''
}

test('a bank that is linked on a phone appears on the desktop, which shows the progress', async ({
  home: page,
  user,
  browser
}) => {
  const url = await openDialog(page)
  expect(await overflowingElements(page)).toEqual([])
  expect(await accessibilityViolations(page)).toEqual([])
  const dialog = page.getByRole('dialog', { name: 'Continue on your phone' })
  const device = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const phone = await device.newPage()
  await phone.goto(url)
  await expect(pane(phone, 'Connect your bank to Pangea')).toBeVisible({ timeout: 20_000 })
  await expect(dialog.getByRole('status')).toHaveText('Plaid is open on your phone')
  await chooseBank(phone)
  await expect(dialog.getByRole('status')).toHaveText(
    'Signing in to First Platypus Bank on your phone'
  )
  await logIn(phone)
  await shareAccounts(phone)
  await expect(phone.getByRole('heading', { name: 'Your bank is connected' })).toBeVisible()
  // The desktop may be at the dashboard already: the first sync ends within seconds.
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('First Platypus Bank').first()).toBeVisible()
  expect((await clientOf(user).getConnections()).items).toHaveLength(1)
  await phone.reload()
  await expect(phone.getByRole('heading', { name: 'This link can’t be used' })).toBeVisible()
  await device.close()
})

test('@long closing Plaid on the phone says so on the desktop, with a new code', async ({
  home: page,
  browser
}) => {
  const url = await openDialog(page)
  const device = await browser.newContext()
  const phone = await device.newPage()
  await phone.goto(url)
  await expect(pane(phone, 'Connect your bank to Pangea')).toBeVisible({ timeout: 20_000 })
  await linkFrame(phone).getByRole('button', { name: 'Close' }).click()
  await linkFrame(phone).getByRole('button', { name: 'Yes, exit' }).click()
  await expect(phone.getByRole('heading', { name: 'No bank was connected' })).toBeVisible()
  const dialog = page.getByRole('dialog', { name: 'Continue on your phone' })
  await expect(dialog.getByRole('status')).toContainText('Plaid was closed on your phone')
  await dialog.getByRole('button', { name: 'New code' }).click()
  await expect(dialog.getByRole('status')).toHaveText('Waiting for your phone')
  expect(
    await dialog.getByRole('link', { name: 'Open it on this device' }).getAttribute('href')
  ).not.toBe(url)
  await device.close()
})

import { axeViolations } from '@/tests/e2e/support/accessibility'
import { clientOf, linkBank } from '@/tests/e2e/support/api'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import type { TestUser } from '@/tests/e2e/support/users'

const firstRow = (page: Page) => page.locator('li[data-transaction]').first()

async function categoryOfFirst(user: TestUser): Promise<string | null | undefined> {
  const { items } = await clientOf(user).getTransactions({ query: { limit: 1 } })
  return items[0]?.category
}

async function openList(page: Page): Promise<void> {
  await page.goto('/transactions')
  await expect(firstRow(page)).toBeVisible()
}

test('two presses change a category, also to a new one of the user', async ({
  home: page,
  user
}) => {
  await linkBank(user)
  await openList(page)
  await firstRow(page)
    .getByRole('button', { name: /change the category/ })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Travel' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(await categoryOfFirst(user)).toBe('TRAVEL')

  await firstRow(page).getByRole('button').first().focus()
  await page.keyboard.press('c')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'New category' }).click()
  await expect(dialog.getByLabel('Name of the new category')).toBeFocused()
  await page.keyboard.type('Kids')
  const violations = await axeViolations(page, { within: 'dialog' })
  expect(violations.map(({ id }) => id)).toEqual([])
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(firstRow(page)).toContainText('Kids')
  expect(await categoryOfFirst(user)).toBe('own:Kids')
  await expect(page.locator('option[value="own:Kids"]').first()).toBeAttached()
})

test('a phone shows six transactions without scrolling', async ({ readersHome: page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await openList(page)
  const bar = await page.getByRole('navigation', { name: 'Main' }).boundingBox()
  const bottoms = await page
    .locator('li[data-transaction]')
    .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().bottom))
  expect(bottoms.filter((bottom) => bottom <= (bar?.y ?? 0)).length).toBeGreaterThanOrEqual(6)
})

test('Ctrl+K opens pages, accounts and merchants', async ({ readersHome: page, reader: user }) => {
  const palette = page.getByRole('dialog', { name: 'Search or go to' })
  const search = async (text: string) => {
    await page.keyboard.press('Control+k')
    await expect(palette.getByRole('combobox')).toBeFocused()
    await page.keyboard.type(text)
  }
  await openList(page)
  await search('sett')
  await expect(palette.getByRole('option', { selected: true })).toContainText('Settings')
  const violations = await axeViolations(page, { within: 'dialog' })
  expect(violations.map(({ id }) => id)).toEqual([])
  await page.keyboard.press('Escape')

  const { items } = await clientOf(user).getTransactions({ query: { limit: 200 } })
  await search(items.find(({ merchantName }) => merchantName)?.merchantName ?? '')
  await palette
    .getByRole('option', { name: /Merchants$/ })
    .first()
    .click()
  await expect(page).toHaveURL(/merchant=/)
  await expect(palette).toHaveCount(0)
})

/** Single criteria of WCAG 2.2 that the check of whole pages does not see. */

import { liveRegions, type TreeNode } from '@/tests/e2e/support/accessibility-tree'
import { linkBank } from '@/tests/e2e/support/api'
import { query } from '@/tests/e2e/support/database'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import { tabTo } from '@/tests/e2e/support/keyboard'
import {
  edgeStyle,
  focusedRowIsVisible,
  focusOutline,
  overlappingAmounts
} from '@/tests/e2e/support/styles'
import { createTestUser, signIn } from '@/tests/e2e/support/users'

test.beforeEach(({ context, reader }) => signIn(context, reader))

const PHONE = { width: 320, height: 700 }

/** Whether one of the regions that existed `before` now says `text`. */
async function isAnnounced(page: Page, before: TreeNode[], text: RegExp): Promise<boolean> {
  const known = new Set(before.map(({ element }) => element))
  return (await liveRegions(page)).some((one) => known.has(one.element) && text.test(one.text))
}

test('the results of a search and of a filter are announced in a live region that was there before', async ({
  page
}) => {
  await page.goto('/transactions')
  const before = await liveRegions(page)
  const said = (text: RegExp) => expect.poll(() => isAnnounced(page, before, text)).toBe(true)
  await page.getByRole('searchbox').fill('no such merchant')
  await said(/^No transactions match/)
  await page.getByRole('searchbox').fill('')
  await said(/^All transactions/)
  await page.getByText('Filters and order').click()
  await page.getByLabel('Direction').selectOption('out')
  await said(/^[\d,]+ transactions ?adding up to ?−\$[\d,.]+/)
})

test('on a phone, arrow keys keep the focused transaction above the bottom navigation', async ({
  page
}) => {
  await page.setViewportSize(PHONE)
  await page.goto('/transactions')
  const first = page.locator('[data-line]').first()
  await expect(first).toHaveAccessibleName(/^.+, −?\$[\d,]+\.\d\d, \w{3} \d{1,2}, \d{4}$/)
  await first.focus()
  const moves = [...Array(30).fill('ArrowDown'), ...Array(30).fill('ArrowUp')]
  let position = 1
  for (const key of moves) {
    position += key === 'ArrowDown' ? 1 : -1
    await page.keyboard.press(key)
    await expect
      .poll(() => focusedRowIsVisible(page, position), { intervals: [20, 50, 100] })
      .toBe(true)
  }
})

test('at 320 px, the change of net worth and the names of its parts are readable', async ({
  page
}) => {
  await page.setViewportSize(PHONE)
  await page.goto('/dashboard')
  const change = page
    .getByRole('region', { name: 'Everything you own, minus what you owe' })
    .getByText(/(more|less) than on|The same as on/)
  await expect(change.first()).toBeVisible()
  const hidden = await change.first().evaluate((one) => {
    const line = one.closest('p') ?? one
    const card = line.closest('section')?.getBoundingClientRect()
    const range = document.createRange()
    range.selectNodeContents(line)
    const text = range.getBoundingClientRect()
    return text.right > (card?.right ?? 0) || line.scrollHeight > line.clientHeight + 1
  })
  expect(hidden).toBe(false)
  const cut = page.locator('summary span').filter({ visible: true })
  expect(
    await cut.evaluateAll((all) =>
      all
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
        .map((one) => one.textContent)
    )
  ).toEqual([])
})

test('@long in forced colours, primary buttons and the chosen tab keep an edge', async ({
  page
}) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await page.goto('/transactions/rules')
  const navigation = page.getByRole('navigation', { name: 'Main' })
  const tab = (name: string) => navigation.getByRole('link', { name }).filter({ visible: true })
  expect(await edgeStyle(page.getByRole('button', { name: 'New rule' }))).toBe('solid')
  await page.goto('/connections')
  expect(await edgeStyle(tab('Connections'))).toBe('solid')
  expect(await edgeStyle(tab('Transactions'))).toBe('none')
  await page.goto('/dashboard')
  const range = page.getByRole('button', { name: 'Three months' }).first()
  expect(await edgeStyle(range)).toBe('solid')
  expect(await edgeStyle(page.getByRole('button', { name: 'One year' }).first())).toBe('none')
})

test('@long Clerk’s Profile and Security buttons show the focus, and its image is decorative', async ({
  page
}) => {
  await page.goto('/settings')
  for (const name of ['Profile', 'Security']) {
    await tabTo(page, 'button', name)
    const [style, width] = await focusOutline(page.locator(':focus'))
    expect([name, style, width >= 2]).toEqual([name, 'solid', true])
  }
  await expect(page.locator('img[class*="cl-avatarImage"]').first()).toBeAttached()
  await expect(page.getByRole('img', { name: /logo/ })).toHaveCount(0)
})

test('a transaction’s panel closes with a press outside, not with one inside', async ({ page }) => {
  await page.goto('/transactions')
  await page.locator('[data-line]').first().click()
  const panel = page.getByRole('dialog')
  await expect(panel).toContainText('Counts as')
  await panel.getByText('Counts as').click()
  await expect(panel).toBeVisible()
  await page.mouse.click(40, 400)
  await expect(panel).toBeHidden()
})

test('@long figures of ten digits and more never overlap or leave their card, from 320 to 1280 px', async ({
  page,
  context
}) => {
  test.setTimeout(120_000)
  const rich = await createTestUser()
  await linkBank(rich)
  await signIn(context, rich)
  const factor = 12_345_678
  await query('update linked_accounts set current_minor = current_minor * $2 where user_id = $1', [
    rich.userId,
    factor
  ])
  await query('update transactions set amount_minor = amount_minor * $2 where user_id = $1', [
    rich.userId,
    factor
  ])
  for (const path of ['/dashboard', '/transactions?flow=out', '/connections']) {
    await page.goto(path)
    for (const width of [320, 360, 390, 640, 768, 1024, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      await expect.poll(() => overlappingAmounts(page), `${path} at ${width}`).toEqual([])
    }
  }
})

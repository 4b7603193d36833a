import { axeViolations } from '@/tests/e2e/support/accessibility'
import { callApi, clientOf, linkBank } from '@/tests/e2e/support/api'
import { itemOf, query } from '@/tests/e2e/support/database'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import type { TestUser } from '@/tests/e2e/support/users'
import { callControl } from '@/tests/e2e/support/vendors'

const line = (page: Page, name: string) =>
  page.locator('li[data-transaction]', { hasText: name }).first()
const list = async (user: TestUser, search: string) =>
  (
    await clientOf(user).getTransactions({
      query: { ...Object.fromEntries(new URLSearchParams(search)), limit: 200 }
    })
  ).items

/** A bank whose newest transaction is pending and has this name. */
async function withPending(user: TestUser, name: string, amount = 60): Promise<string> {
  const itemId = await itemOf(await linkBank(user))
  await callControl('plaid', `/items/${itemId}/transactions`, {
    transactions: [{ name, amount, pending: true }]
  })
  await expect.poll(async () => (await list(user, `q=${name}`)).length, { timeout: 20_000 }).toBe(1)
  return itemId
}

async function seriousFaults(page: Page): Promise<string[]> {
  const violations = await axeViolations(page)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

test('edits of a pending transaction survive its posting; an edit that cannot be saved stays on screen', async ({
  home: page,
  user
}) => {
  const itemId = await withPending(user, 'Quillfeather')
  await page.goto('/transactions')
  await line(page, 'Quillfeather').getByRole('button').first().focus()
  await page.keyboard.press('e')
  const panel = page.getByRole('dialog')
  await panel.getByLabel('Note').fill('x'.repeat(5_000))
  await panel.getByLabel('Category').selectOption('TRAVEL')
  await panel.getByRole('button', { name: 'Save' }).click()
  await expect(panel.getByRole('alert')).toContainText('2,000 characters')
  await expect(line(page, 'Quillfeather')).not.toContainText('Travel')
  await panel.getByLabel('Note').fill('with Ada 🚆')
  await panel.getByLabel('Tags').fill('trip, Lisbon')
  expect(await seriousFaults(page)).toEqual([])
  await panel.getByRole('button', { name: 'Save' }).dblclick()
  await expect(panel.getByText('with Ada 🚆')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(line(page, 'Quillfeather')).toContainText(/Travel.*#Lisbon · #trip/)

  await callControl('plaid', `/items/${itemId}/post-pending`, {})
  await expect(line(page, 'Quillfeather').getByText('Pending')).toHaveCount(0, { timeout: 20_000 })
  await page.reload()
  await expect(line(page, 'Quillfeather')).toContainText(/Travel.*#Lisbon · #trip/)

  // A transaction an hour later is the only new one.
  await query("update visits set visited_at = visited_at - interval '1 hour' where user_id = $1", [
    user.userId
  ])
  await query(
    "update transactions set created_at = created_at - interval '1 hour' where user_id = $1",
    [user.userId]
  )
  await callControl('plaid', `/items/${itemId}/transactions`, {
    transactions: [{ name: 'Marrowgate', amount: 5 }]
  })
  await expect
    .poll(async () => (await list(user, 'q=Marrowgate')).length, { timeout: 20_000 })
    .toBe(1)
  for (let look = 0; look < 2; look++) {
    await page.reload()
    await expect(line(page, 'Marrowgate').getByText('New', { exact: true })).toBeVisible()
    await expect(page.getByText('New', { exact: true })).toHaveCount(1)
  }
})

test('all transactions of a search are changed at once, and the change is undone', async ({
  home: page,
  user
}) => {
  await linkBank(user)
  const [first] = await list(user, 'kind=spending&pending=no')
  const name = first?.merchantName ?? first?.name ?? ''
  const search = `merchant=${encodeURIComponent(name.toLowerCase())}`
  const before = await list(user, search)
  await page.goto(`/transactions?${search}`)
  const top = page.locator('li[data-transaction]').first()
  await top.getByRole('button').first().focus()
  await page.keyboard.press('x')
  await expect(page.getByRole('region', { name: 'Selected transactions' })).toContainText(
    '1 transaction selected'
  )
  await page.getByRole('button', { name: /^Select all/ }).click()
  await page
    .getByRole('region', { name: 'Selected transactions' })
    .getByRole('button', { name: 'Edit' })
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Category').selectOption('ENTERTAINMENT')
  await dialog.getByLabel('Add tags').fill('bulk')
  expect(await seriousFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Apply changes' }).click()
  await expect(page.getByText(/^Changed \d+ transactions?\.$/).first()).toBeVisible()
  await expect(top).toContainText(/Entertainment.*#bulk/)
  expect((await list(user, 'tag=bulk')).length).toBe(before.length)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText(/^Undid the change to/).first()).toBeVisible()
  await expect(top).not.toContainText('#bulk')
  expect((await list(user, search)).map(({ category }) => category)).toEqual(
    before.map(({ category }) => category)
  )
})

test('a rule applies to existing and new transactions, and can be changed and deleted', async ({
  home: page,
  user
}) => {
  const itemId = await withPending(user, 'Marrowgate')
  await page.goto('/transactions')
  await line(page, 'Marrowgate').getByRole('button').first().click()
  await page.getByRole('dialog').getByRole('link', { name: 'Always do this' }).click()
  await expect(page.getByLabel('Text to match')).toHaveValue('Marrowgate')
  await page.getByRole('button', { name: 'Save rule' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Choose what to change')
  await page.getByLabel('Category').selectOption('MEDICAL')
  await page.getByRole('textbox', { name: 'Name' }).fill('Marrowgate Pharmacy')
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Save rule' }).dblclick()
  await expect(page.getByText(/^Saved\. It applies to 1 /)).toBeVisible()
  await expect(page.getByRole('heading', { name: /Marrowgate/ })).toHaveCount(1)
  await callControl('plaid', `/items/${itemId}/transactions`, {
    transactions: [{ name: 'MARROWGATE 2', amount: 5 }]
  })
  await expect
    .poll(
      async () => (await list(user, 'merchant=marrowgate%20pharmacy&category=MEDICAL')).length,
      { timeout: 20_000 }
    )
    .toBe(2)

  await page.getByRole('button', { name: /^Delete/ }).click()
  await page.getByRole('button', { name: /^Delete/ }).click()
  await expect(page.getByText('No rules yet')).toBeVisible()
  expect(await list(user, 'merchant=marrowgate%20pharmacy')).toEqual([])
  const { rule } = await clientOf(user).postRules({ body: { text: 'Marrowgate', excluded: true } })
  expect((await callApi(user, 'PUT', `/rules/${rule.id}`, { text: 'Marrowgate' })).status).toBe(422)
})

test('@long a split adds up, counts by its parts, and is exported as shown', async ({
  home: page,
  user
}) => {
  await withPending(user, 'Thistlewood')
  await page.goto('/transactions')
  await line(page, 'Thistlewood').getByRole('button').first().click()
  const panel = page.getByRole('dialog')
  await panel.getByRole('button', { name: 'Split' }).click()
  await panel.getByLabel('Amount of part 2').fill('60')
  await panel.getByRole('button', { name: 'Save split' }).click()
  await expect(panel.getByRole('alert')).toContainText('Each part needs an amount')
  await panel.getByLabel('Amount of part 2').fill('19.99')
  await expect(panel.getByText('−$40.01')).toBeVisible()
  await panel.getByLabel('Category').last().selectOption('PERSONAL_CARE')
  await panel.getByLabel('Note').last().fill('=soap')
  expect(await seriousFaults(page)).toEqual([])
  await panel.getByRole('button', { name: 'Save split' }).click()
  await expect(panel.getByRole('button', { name: 'Undo split' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('li[data-transaction]', { hasText: 'Thistlewood' })).toHaveCount(2)
  const parts = await list(user, 'q=Thistlewood')
  expect(parts.map(({ amount, category }) => [amount.minor, category === 'PERSONAL_CARE'])).toEqual(
    [
      ['-4001', false],
      ['-1999', true]
    ]
  )
  const cookies = (await page.context().cookies())
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')
  const file = await (
    await page.request.get('/api/v1/transactions/export?q=Thistlewood', {
      headers: { cookie: cookies }
    })
  ).text()
  expect(file).toContain("-19.99,USD,yes,'=soap,,2 of 2")
  const joined = await clientOf(user).patchTransactionsById({
    params: { id: parts[0]?.id ?? '' },
    body: { parts: [] }
  })
  expect(joined.rows).toMatchObject([{ part: null, amount: { minor: '-6000' } }])
})

import { formatMoney } from '@/lib/domain/money/money'
import { axeViolations } from '@/tests/e2e/support/accessibility'
import { clientOf, linkBank } from '@/tests/e2e/support/api'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'

const worth = (page: Page) =>
  page.getByRole('region', { name: 'Everything you own, minus what you owe' })
const own = (page: Page) => page.getByRole('region', { name: 'Other things you own or owe' })
const shown = (minor: bigint) => formatMoney({ minor, currency: 'USD' }).replace(/^-/, '−')
const noSeriousFault = async (page: Page, part: string) => {
  const violations = await axeViolations(page, { within: part })
  expect(
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  ).toEqual([])
}

test('own assets change net worth when they are added, revalued and removed', async ({
  home: page,
  user
}) => {
  await linkBank(user)
  const before = BigInt(
    (await clientOf(user).getNetWorth()).currencies.find(({ currency }) => currency === 'USD')?.net
      .minor ?? ''
  )
  await page.goto('/dashboard')
  await own(page).getByRole('button', { name: /^Add/ }).click()
  const form = page.getByRole('dialog', { name: 'Add something you own or owe' })
  await form.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(form.getByRole('alert')).toContainText('Choose a type')
  await noSeriousFault(page, 'dialog[open]')
  await form.getByLabel('What is it?').selectOption('home')
  await form.getByLabel('Name').fill('House 🏡')
  await form.getByLabel('Value, or amount owed').fill('250,000.00')
  await form.getByRole('button', { name: 'Add', exact: true }).dblclick()
  await expect(form).toBeHidden()
  await expect(worth(page)).toContainText(shown(before + 25_000_000n))

  await own(page)
    .getByRole('button', { name: /House 🏡/ })
    .click()
  const entry = page.getByRole('dialog', { name: 'House 🏡' })
  await entry.getByLabel(/New value/).fill('-1')
  await entry.getByRole('button', { name: 'Save value' }).click()
  await expect(entry.getByRole('alert')).toContainText('without a minus')
  await entry.getByLabel(/New value/).fill('260000')
  await entry.getByRole('button', { name: 'Save value' }).click()
  await expect(entry.getByRole('row', { name: /260,000/ })).toBeVisible()
  await noSeriousFault(page, 'dialog[open]')
  await expect(worth(page)).toContainText(shown(before + 26_000_000n))
  await entry.getByRole('button', { name: 'Remove', exact: true }).click()
  await entry.getByRole('button', { name: 'Remove permanently' }).click()
  await expect(entry).toBeHidden()
  await expect(worth(page)).toContainText(shown(before))
})

test('the net worth chart is readable by keyboard and as a table, and loads earlier history on request', async ({
  readersHome: page
}) => {
  await page.goto('/dashboard')
  const line = worth(page)
    .getByRole('slider', { name: /Net worth in USD/ })
    .first()
  const today = await line.getAttribute('aria-valuetext')
  await line.focus()
  await page.keyboard.press('Home')
  await expect(line).toHaveAttribute('aria-valuetext', /estimated/)
  await expect(line).not.toHaveAttribute('aria-valuetext', today ?? '')
  const first = Number(await line.getAttribute('max'))
  await worth(page).getByRole('button', { name: 'One month' }).first().click()
  await expect(line).toHaveAttribute('max', '30')
  expect(first).toBeGreaterThan(30)
  await worth(page).getByText('Show as a table').first().click()
  await expect(worth(page).getByRole('row')).toHaveCount(32)
})

test('@long an account is renamed and hidden in its connection, and restored', async ({
  home: page,
  user
}) => {
  const connection = await linkBank(user)
  const { items } = await clientOf(user).getAccounts()
  const [first] = items
  if (!first) throw new Error('a linked bank has accounts')
  await page.goto('/connections')
  await page.getByRole('button', { name: `Rename or hide ${first.name}` }).click()
  await page.getByLabel('Nickname').fill('Everyday 🏠')
  await page.keyboard.press('Enter')
  await expect(page.getByText(`${first.name} at the bank`)).toBeVisible()
  await clientOf(user).postConnectionsByIdSync({ params: { id: connection } })
  await page.getByRole('button', { name: 'Rename or hide Everyday 🏠' }).click()
  await page.getByRole('button', { name: 'Hide from lists and totals' }).click()
  await page.getByText('1 hidden account').click()
  await noSeriousFault(page, 'main')
  expect((await clientOf(user).getAccounts()).items).toHaveLength(items.length - 1)
  expect((await clientOf(user).getTransactions({ query: { account: first.id } })).items).toEqual([])
  await page.getByRole('button', { name: /Show again/ }).click()
  await expect(page.getByText('1 hidden account')).toBeHidden()
  expect((await clientOf(user).getAccounts()).items.map(({ name }) => name)).toContain(
    'Everyday 🏠'
  )
})

import type { SumResponse } from '@/lib/api/reports'
import type { TransactionResponse } from '@/lib/api/responses'
import { formatMoney } from '@/lib/domain/money/money'
import { axeViolations } from '@/tests/e2e/support/accessibility'
import { clientOf } from '@/tests/e2e/support/api'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import type { TestUser } from '@/tests/e2e/support/users'

/** Every transaction that a sum links to, read through the API page by page. */
async function rowsBehind(
  user: TestUser,
  { rows }: Pick<SumResponse, 'rows'>
): Promise<TransactionResponse[]> {
  const search = new URLSearchParams(rows.split('?')[1])
  search.set('limit', '200')
  const all: TransactionResponse[] = []
  for (;;) {
    const { items, next } = await clientOf(user).getTransactions({
      query: Object.fromEntries(search)
    })
    all.push(...items)
    if (!next) return all
    search.set('cursor', next)
  }
}

const sumOf = (rows: readonly TransactionResponse[]) =>
  rows.reduce((total, { amount }) => total + BigInt(amount.minor), 0n)
const shown = (minor: bigint, currency: string) =>
  formatMoney({ minor, currency }).replace(/^-/, '−')
const totals = (page: Page) => page.getByText(/adding up to/).locator('..')

test('every figure opens its transactions, and they add up to it', async ({
  readersHome: page,
  reader: user
}) => {
  // The page uses the browser's time zone, where it may be another day.
  const zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone)
  const spending = await clientOf(user).getSpending({ query: { zone } })
  const flow = await clientOf(user).getCashFlow()
  for (const { total, previous, categories, merchants } of spending.currencies) {
    for (const { minor, rows } of [
      total,
      previous,
      ...categories.map(({ spent }) => spent),
      ...merchants.map(({ spent }) => spent)
    ]) {
      expect(-sumOf(await rowsBehind(user, { rows })), rows).toBe(BigInt(minor))
    }
  }
  for (const { in: incoming, out } of flow.currencies.flatMap(({ months }) => months.slice(-3))) {
    expect(sumOf(await rowsBehind(user, incoming)), incoming.rows).toBe(BigInt(incoming.minor))
    expect(-sumOf(await rowsBehind(user, out)), out.rows).toBe(BigInt(out.minor))
  }

  const [usd] = spending.currencies
  if (!usd) throw new Error('a linked bank has spending')
  await page.goto('/dashboard')
  const { total, currency } = { ...usd }
  await page
    .getByRole('region', { name: 'Spending' })
    .getByRole('link', { name: `${shown(BigInt(total.minor), currency)} spent in total` })
    .click()
  await expect(totals(page)).toContainText(shown(-BigInt(total.minor), currency))
})

test('a search is kept in the address and exported as shown', async ({
  readersHome: page,
  reader: user
}) => {
  const { items } = await clientOf(user).getTransactions({ query: { limit: 200, pending: 'no' } })
  const word = items.find(({ merchantName }) => merchantName)?.merchantName?.slice(1, 5) ?? ''
  await page.goto('/transactions')
  await page.getByLabel('Search').pressSequentially(word)
  await expect(page).toHaveURL(
    new RegExp(`q=${encodeURIComponent(word).replaceAll('%20', '(\\+|%20)')}`)
  )
  await expect(totals(page)).toBeVisible()
  await expect(page.getByLabel('Search')).toBeFocused()
  await page.reload()
  await expect(page.getByLabel('Search')).toHaveValue(word)
  const count = Number(
    /^([\d,]+)/.exec((await totals(page).textContent()) ?? '')?.[1]?.replace(',', '')
  )

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as CSV' }).click()
  ])
  const stream = await download.createReadStream()
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  const lines = Buffer.concat(chunks).toString('utf8').trimEnd().split('\r\n')
  expect(lines.length - 1).toBe(count)
  for (const line of lines.slice(1)) expect(line.toLowerCase()).toContain(word.toLowerCase())
})

test('a transaction opens beside the list by keyboard, and closing restores the focus', async ({
  readersHome: page
}) => {
  await page.goto('/transactions')
  const first = page.locator('li[data-transaction] button').first()
  await first.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toContainText('Counts as')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(first).toBeFocused()
})

for (const scheme of ['light', 'dark'] as const) {
  test(`the dashboard and the list have no serious accessibility violation with every section open, ${scheme} @long`, async ({
    readersHome: page
  }) => {
    await page.emulateMedia({ colorScheme: scheme })
    for (const path of ['/dashboard', '/transactions?kind=spending']) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      for (const fold of await page.locator('main summary').all()) await fold.click()
      const violations = await axeViolations(page, { within: 'main' })
      expect(
        violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
        path
      ).toEqual([])
    }
  })
}

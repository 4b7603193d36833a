/** Figures as the pages show them, in cents. */
import { expect, type Page } from '@/tests/e2e/support/fixtures'

const DOLLARS = /−?\$[\d,]+\.\d{2}/g

/** Every dollar amount in a text, in order. */
export const amountsIn = (text: string): bigint[] =>
  (text.match(DOLLARS) ?? []).map((amount) =>
    BigInt(amount.replace('−', '-').replace(/[$,.]/g, ''))
  )
const first = (text: string) => amountsIn(text)[0] ?? 0n
const last = (text: string) => amountsIn(text).at(-1) ?? 0n

export const sum = (amounts: readonly bigint[]): bigint =>
  amounts.reduce((total, amount) => total + amount, 0n)

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

/** Net worth, its groups with their holdings, and the newest day of its history. */
export async function netWorthFigures(page: Page) {
  const card = region(page, 'Everything you own, minus what you owe')
  const texts = async (selector: string) => card.locator(selector).allTextContents()
  const groups = await card.locator('details:has(a)').evaluateAll((all) =>
    all.map((one) => ({
      total: one.querySelector('summary')?.textContent ?? '',
      rows: [...one.querySelectorAll('li a')].map((row) => ({
        href: row.getAttribute('href') ?? '',
        text: row.textContent ?? ''
      }))
    }))
  )
  return {
    net: first((await card.textContent()) ?? ''),
    owned: last((await texts('p:has(> :text-is("You own"))')).join('')),
    owed: last((await texts('p:has(> :text-is("You owe"))')).join('')),
    newest: first((await texts('tbody tr'))[0] ?? ''),
    groups: groups.map(({ total, rows }) => ({
      total: last(total),
      rows: rows.map(({ href, text }) => ({ href, value: last(text) }))
    }))
  }
}

/** The amounts in "Your banks", by the address of each account's transactions. */
export async function balanceFigures(page: Page): Promise<Map<string, bigint>> {
  const links = await region(page, 'Your banks')
    .locator('li li a')
    .evaluateAll((all) => all.map((one) => [one.getAttribute('href'), one.textContent]))
  return new Map(links.map(([href, text]) => [href ?? '', first(text ?? '')]))
}

/** A figure that opens its transactions. */
export type LinkedFigure = { href: string; value: bigint }

/** The links of a card: each first amount is the figure. */
export async function linkedFigures(page: Page, card: string): Promise<LinkedFigure[]> {
  const links = await region(page, card)
    .locator('a[href^="/transactions"]')
    .evaluateAll((all) => all.map((one) => [one.getAttribute('href'), one.textContent]))
  return links.map(([href, text]) => ({ href: href ?? '', value: first(text ?? '') }))
}

/** Each month of the cash flow as in, out and left. */
export async function cashFlowFigures(page: Page): Promise<bigint[][]> {
  const rows = await region(page, 'Cash flow').locator('tbody tr').allTextContents()
  return rows.map(amountsIn)
}

/** Spending: the total, the previous total, and both of each category. */
export async function spendingFigures(page: Page) {
  const card = region(page, 'Spending')
  const categories = (await card.locator('li').allTextContents()).map(amountsIn)
  const [total, previous] = (await linkedFigures(page, 'Spending')).map(({ value }) => value)
  return { total, previous, categories }
}

/** The total above a list of transactions, and the amounts of all its rows. */
export async function listedFigures(page: Page): Promise<{ total: bigint; rows: bigint[] }> {
  const status = page.getByRole('status').filter({ hasText: /adding up to|No transactions/ })
  const text = (await status.first().textContent()) ?? ''
  const count = Number(/^[\d,]+/.exec(text)?.[0].replace(',', '') ?? 0)
  const rows = new Map<string, bigint>()
  const readRows = async () => {
    const lines = await page
      .locator('[data-line]')
      .evaluateAll((all) => all.map((one) => [one.getAttribute('data-line'), one.ariaLabel]))
    for (const [key, label] of lines) rows.set(key ?? '', last(label ?? ''))
    await page.mouse.wheel(0, 600)
    return rows.size
  }
  await expect.poll(readRows, { intervals: [50], timeout: 20_000, message: text }).toBe(count)
  return { total: last(text), rows: [...rows.values()] }
}

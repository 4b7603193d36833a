import { query } from '@/tests/e2e/support/database'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { runJourney } from '@/tests/e2e/support/steps/journey'

/** Clerk's warning on every page of a development instance. */
const DEVELOPMENT_KEYS = /Clerk has been loaded with development keys/

test('a new user goes from sign-up to live transactions, and the console stays empty', async ({
  page,
  open,
  seen
}) => {
  test.setTimeout(120_000)
  const visitor = await open()
  await visitor.goto('/sign-in')
  await expect(visitor.getByRole('textbox', { name: 'Email address' })).toBeVisible()
  await runJourney(page, open)
  expect(seen.consoleErrors.filter((text) => !DEVELOPMENT_KEYS.test(text))).toEqual([])
})

test('every transaction is reachable by scrolling, and few are rendered at a time', async ({
  readersHome: page,
  reader
}) => {
  const [{ count } = { count: '' }] = await query<{ count: string }>(
    'select count(*) from transactions where user_id = $1 and removed_at is null',
    [reader.userId]
  )
  expect(Number(count)).toBeGreaterThan(100)
  await page.goto('/transactions')
  const rows = page.locator('li[data-transaction]')
  const seen = new Set<string>()
  await expect
    .poll(
      async () => {
        const drawn = await rows.evaluateAll((all) =>
          all.map((row) => row.getAttribute('data-transaction') ?? '')
        )
        expect(drawn.length).toBeLessThan(60)
        for (const id of drawn) seen.add(id)
        await page.mouse.wheel(0, 600)
        return seen.size
      },
      { intervals: [50], timeout: 40_000 }
    )
    .toBe(Number(count))
})

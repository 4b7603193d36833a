import { overflowingElements } from '@/tests/e2e/support/accessibility'
import { apply } from '@/tests/e2e/support/api'
import { expect, test } from '@/tests/e2e/support/fixtures'

test('the first screen has net worth, cash flow and the next payments', async ({
  readersHome: page
}) => {
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto('/dashboard')
  for (const name of ['Everything you own, minus what you owe', 'Cash flow', 'Coming up']) {
    const heading = page.getByRole('region', { name }).getByRole('heading').first()
    await expect(heading).toBeInViewport()
  }
  await expect(page.getByRole('heading', { name: 'Spending' })).not.toBeInViewport()
})

test('a phone jumps to each section, and sections without content are left out', async ({
  open,
  reader
}) => {
  const page = await open(reader, { viewport: { width: 390, height: 844 } })
  await page.goto('/dashboard')
  const jumps = page.getByRole('navigation', { name: 'On this page' }).getByRole('link')
  await expect.poll(() => jumps.count()).toBeGreaterThan(5)
  for (const jump of await jumps.all()) {
    await jump.evaluate((link) => (link as HTMLElement).click())
    const section = page.locator((await jump.getAttribute('href')) ?? 'nowhere')
    await expect(section).toBeInViewport()
  }
  expect(await overflowingElements(page)).toEqual([])
})

test('an applicant without a bank sees no empty figures', async ({ home: page, user }) => {
  await apply(user, 'Review', 'MANUAL_REVIEW')
  await page.goto('/dashboard')
  await expect(page.getByText('Jiko has your application')).toBeVisible()
  for (const name of ['Cash flow', 'Spending', 'Coming up', 'Latest transactions'])
    await expect(page.getByRole('region', { name })).toHaveCount(0)
})

/** The app on a home screen: its offline page, and what the browser stores. */
import { axeViolations } from '@/tests/e2e/support/accessibility'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { createTestUser, signIn } from '@/tests/e2e/support/users'

test.use({ serviceWorkers: 'allow' })

test('without a connection a page of ours says so, and only that page is stored', async ({
  page,
  context
}) => {
  await signIn(context, await createTestUser())
  await page.goto('/transactions')
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.goto('/connections')
  await context.setOffline(true)
  // Chromium tells the service worker a moment after the page, so the first visit can still succeed.
  await expect(async () => {
    await page.goto('/transactions')
    await expect(page.getByRole('heading', { name: 'You’re offline' })).toBeVisible({
      timeout: 1_000
    })
  }).toPass()
  expect(await axeViolations(page)).toEqual([])
  const stored = await page.evaluate(async () => {
    const names = await caches.keys()
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return requests.flat().map(({ url }) => new URL(url).pathname)
  })
  expect(stored).toEqual(['/offline'])
  await context.setOffline(false)
  await page.getByRole('link', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { name: 'Transactions', level: 1 })).toBeVisible()
})

test('the browser’s code has the brand, and nothing else of pangea.config.ts', async ({
  request
}) => {
  const html = await (await request.get('/sign-in')).text()
  const scripts = [...html.matchAll(/\/_next\/static\/[^"\\]+\.js/g)].map(([path]) => path)
  expect(scripts.length).toBeGreaterThan(3)
  for (const path of new Set(scripts))
    expect(await (await request.get(path)).text(), path).not.toMatch(/no-reply@|securityEmail/)
})

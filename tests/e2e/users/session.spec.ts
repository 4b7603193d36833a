/**
 * Sessions that do not reach the server, the landing page of a signed-in user, and requests that
 * fail before any handler.
 */
import { createServer, request as send } from 'node:http'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { stack } from '@/tests/e2e/support/stack'
import { typeSignIn, waitForClerkScripts } from '@/tests/e2e/support/steps/clerk-pages'
import { heading } from '@/tests/e2e/support/steps/onboarding-pages'
import { createTestUser, signIn } from '@/tests/e2e/support/users'

const IS_CLIENT_UAT = /^__client_uat/

/**
 * A proxy that removes Clerk's `__client_uat` from every response, like blocked cookies and
 * WebKitGTK. @returns its address.
 */
async function dropClientUat(): Promise<{ url: string; close(): void }> {
  const server = createServer((incoming, outgoing) => {
    const forward = send(
      incoming.url ?? '',
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        const { 'set-cookie': cookies = [], ...headers } = answer.headers
        outgoing.writeHead(answer.statusCode ?? 502, {
          ...headers,
          'set-cookie': cookies.filter((cookie) => !IS_CLIENT_UAT.test(cookie))
        })
        answer.pipe(outgoing)
      }
    )
    forward.on('error', () => outgoing.destroy())
    incoming.pipe(forward)
    outgoing.on('close', () => forward.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    }
  }
}

test('a browser that does not keep Clerk’s cookie gets an explanation instead of a redirect loop', async ({
  open,
  user
}) => {
  const proxy = await dropClientUat()
  const page = await open(undefined, { proxy: { server: proxy.url } })
  await page.addInitScript(() => {
    const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie') as {
      get(): string
      set(value: string): void
    }
    Object.defineProperty(document, 'cookie', {
      get: () => get.call(document),
      set: (value: string) => void (value.startsWith('__client_uat') || set.call(document, value))
    })
  })
  let loads = 0
  page.on('framenavigated', () => void loads++)
  const stuck = heading(page, 'We can’t keep you signed in')
  await page.goto('/onboarding')
  await typeSignIn(page, user.email)
  await expect(stuck).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('main')).toContainText(stack.appUrl)
  // A redirect loop makes ten navigations a second; signing in and one full load take a few.
  expect(loads).toBeLessThan(12)
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.waitForURL(/sign-in/)
  await expect(stuck).toBeVisible({ timeout: 20_000 })
  expect(loads).toBeLessThan(20)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(heading(page, /All your money/)).toBeVisible()
  await page.close()
  proxy.close()
})

test('the landing page offers the dashboard to a signed-in user', async ({ page, context }) => {
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible()
  await signIn(context, await createTestUser())
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'Go to your dashboard' }).first()).toBeVisible()
  await expect(page.getByRole('link', { name: /Sign in|Open an account/ })).toHaveCount(0)
})

test('the dashboard loads at most 150 KiB of Clerk, and its forms only where they are shown', async ({
  home: page
}) => {
  const clerkFiles = () =>
    page.evaluate(() =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter(({ name }) => name.includes('/__clerk/npm/'))
        .map(({ name, encodedBodySize }) => ({ name, bytes: encodedBodySize }))
    )
  const loadsForms = async () => (await clerkFiles()).some(({ name }) => name.includes('/ui@'))
  await page.goto('/dashboard')
  await expect(heading(page, 'Dashboard')).toBeVisible()
  await waitForClerkScripts(page)
  await page.getByRole('button', { name: 'Open user menu' }).click()
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
  expect(await loadsForms()).toBe(false)
  const bytes = (await clerkFiles()).reduce((sum, file) => sum + file.bytes, 0)
  expect(bytes).toBeGreaterThan(0)
  expect(bytes).toBeLessThanOrEqual(150 * 1024)
  await page.getByRole('link', { name: 'Manage account' }).click()
  await expect(page.getByRole('heading', { name: 'Profile details' })).toBeVisible()
  expect(await loadsForms()).toBe(true)
})

/** KiB of our scripts that a first visit loads. What is needed later is loaded when it is opened. */
const LIMITS_KIB = [
  ['/dashboard', 180],
  ['/onboarding/name', 215],
  ['/sign-in', 140]
] as const

for (const [path, limit] of LIMITS_KIB)
  test(`${path === '/dashboard' ? '' : '@long '}${path} loads at most ${limit} KiB of our scripts`, async ({
    home: page,
    context
  }) => {
    if (path === '/sign-in') await context.clearCookies()
    await page.goto(path)
    await expect(page.locator('h1').first()).toBeVisible()
    await waitForClerkScripts(page)
    const files = await page.evaluate(() =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter(({ name }) => /\/_next\/.*\.js$/.test(name))
        .map(({ encodedBodySize }) => encodedBodySize)
    )
    const kib = files.reduce((sum, bytes) => sum + bytes, 0) / 1024
    expect(kib).toBeGreaterThan(100)
    expect(kib).toBeLessThanOrEqual(limit)
  })

for (const path of ['/%E0%A4%A', '/transactions/%', '/admin/users/%E0%A4%A', '/deletion/%'])
  test(`${path} is a 404 page`, async ({ request }) => {
    const response = await request.get(`${stack.appUrl}${path}`)
    expect(response.status()).toBe(404)
    expect(await response.text()).toContain('There is no page here')
  })

test('a body that is too large for Clerk is refused', async () => {
  const response = await fetch(`${stack.appUrl}/__clerk/v1/client/sign_ins`, {
    method: 'POST',
    body: new Uint8Array(12_000_000)
  })
  expect(response.status).toBe(413)
})

import { expect, test } from '@/tests/e2e/support/fixtures'
import { stack } from '@/tests/e2e/support/stack'

const directives = (policy: string): Record<string, string> =>
  Object.fromEntries(
    policy.split('; ').map((part) => {
      const [name = '', ...values] = part.split(' ')
      return [name, values.join(' ')]
    })
  )

/** What a browser sends with the request for a page. */
const AS_DOCUMENT = { accept: 'text/html', 'sec-fetch-dest': 'document' }

for (const [path, status] of [
  ['/', 200],
  ['/sign-in', 200],
  ['/transactions', 200],
  ['/no-such-page', 404],
  ['/api/v1/me', 200],
  ['/api/health/live', 200]
] as const) {
  test(`headers of ${path}`, async ({ home: page }) => {
    const ask = () => page.request.get(path, { headers: AS_DOCUMENT })
    const answer = await ask()
    const headers = answer.headers()
    expect(answer.status()).toBe(status)
    expect(headers['x-powered-by']).toBeUndefined()
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['strict-transport-security']).toMatch(/max-age=\d{8}/)
    expect(headers['x-frame-options']).toBe('DENY')
    expect(headers['cross-origin-resource-policy']).toBe('same-origin')
    expect(headers['permissions-policy']).toContain('camera=(), ')
    expect(headers['referrer-policy']).toBe('strict-origin-when-cross-origin')
    const policy = directives(headers['content-security-policy'] ?? '')
    if (path.startsWith('/api/'))
      return void expect(policy).toEqual({
        'default-src': "'none'",
        'base-uri': "'none'",
        'frame-ancestors': "'none'"
      })
    expect(policy['frame-ancestors']).toBe("'none'")
    expect(policy['object-src']).toBe("'none'")
    expect(policy['base-uri']).toBe("'none'")
    expect(policy['script-src']).toMatch(/^'self' 'nonce-[A-Za-z0-9+/=]{20,}' 'strict-dynamic'$/)
    const again = (await ask()).headers()
    expect(
      directives(again['content-security-policy'] ?? '')['script-src'],
      'a nonce is used once'
    ).not.toBe(policy['script-src'])
  })
}

const PUBLIC = ['/', '/fees', '/help', '/status', '/privacy', '/accessibility']

test('public pages have no scripts for a visitor, and a policy against any', async ({
  page,
  seen
}) => {
  for (const path of PUBLIC) {
    const headers = (await page.goto(path))?.headers() ?? {}
    const policy = directives(headers['content-security-policy'] ?? '')
    expect(policy['script-src'], path).toBe("'none'")
    expect(policy['default-src'], path).toBe("'self'")
    expect(headers['x-frame-options'], path).toBe('DENY')
    expect(headers['cache-control'], path).toContain('private')
    await expect(page.locator('script, link[as="script"]'), path).toHaveCount(0)
    await expect(page.locator('head > title, head > meta[name="description"]')).toHaveCount(2)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
  expect(seen.violations).toEqual([])
})

test('a refused method and a report about a violation are answered', async ({ request }) => {
  for (const path of ['/', '/dashboard', '/api/v1/me', '/api/health/live', '/robots.txt'])
    expect((await request.fetch(path, { method: 'TRACE' })).status(), path).toBe(405)
  const report = { 'csp-report': { 'effective-directive': 'img-src', 'blocked-uri': 'inline' } }
  const answer = await request.post('/api/csp-report', {
    headers: { 'content-type': 'application/csp-report' },
    data: JSON.stringify(report)
  })
  expect(answer.status()).toBe(204)
})

test('a script injected into the page does not run', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}) })
  const page = await context.newPage()
  const blocked: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) blocked.push(message.text())
  })
  await page.route('**/', async (route) => {
    const response = await route.fetch()
    const html = (await response.text()).replace(
      '</body>',
      '<script>window.planted = true</script><img src=x onerror="window.planted = true"></body>'
    )
    await route.fulfill({ response, body: html })
  })
  await page.goto('/')
  await expect.poll(() => blocked.length).toBeGreaterThanOrEqual(2)
  expect(await page.evaluate(() => 'planted' in window)).toBe(false)
  await context.close()
})

test('other sites cannot frame our pages', async ({ page, seen }) => {
  await page.goto(`${stack.plaidUrl}/_sandbox/health`)
  // The second frame shows that a page without the header can be framed here. Signing in would
  // redirect a frame endlessly whatever its headers.
  await page.setContent(
    `<iframe src="${stack.appUrl}/"></iframe><iframe src="${stack.clerkUrl}/_sandbox/health"></iframe>`
  )
  const [, ours, other] = page.frames()
  await expect.poll(() => other?.url()).toBe(`${stack.clerkUrl}/_sandbox/health`)
  await expect.poll(() => ours?.url()).toMatch(/^chrome-error:/)
  expect(seen.violations.splice(0)).toEqual([expect.stringContaining("frame-ancestors 'none'")])
})

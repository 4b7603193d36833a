import { expect, it, test } from 'vitest'
import { logPageFailure } from '@/app/_lib/pages/page-failure'
import { pagePattern } from '@/app/_lib/pages/page-pattern'
import { IntegrationError } from '@/lib/platform/errors'
import { requestFailure, withRequestId } from '@/lib/platform/request-context'
import { captureLogs } from '@/tests/support/leaks'
import { findRoutes } from '@/tests/support/routes'

const pages = findRoutes(process.cwd())
  .filter(({ key }) => key.startsWith('PAGE '))
  .map(({ key }) => key.slice('PAGE '.length))

it('every page has its pattern', () => {
  const examples = pages.map((page) =>
    page.replace(/\[\[\.{3}[^/]+\]\]/, 'one/two').replace(/\[[^/]+\]/, 'some-id')
  )
  expect(examples.map(pagePattern)).toEqual(pages)
  expect(pages.length).toBeGreaterThan(20)
})

test.each([
  ['/sign-in', '/sign-in/[[...sign-in]]'],
  ['/admin/users/user_1', '/admin/users/[id]'],
  ['/admin/users/user_1/more', null],
  ['/onboarding/ineligible', '/onboarding/ineligible'],
  ['/onboarding/name', '/onboarding/[step]'],
  ['/api/v1/accounts', null],
  ['/_next/static/chunk.js', null],
  ['/nothing-here', null]
])('the path %s belongs to the page %s', (path, page) => {
  expect(pagePattern(path)).toBe(page)
})

const failPage = (thrown: unknown) =>
  withRequestId(async () => {
    const logged = captureLogs()
    await logPageFailure(
      thrown,
      { path: '/admin/users/user_1?q=secret', method: 'GET', headers: {} },
      {
        routerKind: 'App Router',
        routePath: '/(app)/admin/users/[id]',
        routeType: 'render',
        revalidateReason: undefined
      }
    )
    return { line: JSON.parse(logged()) as object, failure: requestFailure() }
  })

it('a page that fails is logged with the reference that the user sees, its route and its frames only', async () => {
  const thrown = Object.assign(new TypeError('a secret'), { digest: '1234567890' })
  const { line, failure } = await failPage(thrown)
  expect(line).toMatchObject({
    level: 50,
    msg: 'page.failed',
    path: '/admin/users/[id]',
    reference: '1234567890',
    fault: 'TypeError',
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/)
  })
  expect(line).toHaveProperty('stack', expect.stringContaining('page-pattern.test'))
  expect(JSON.stringify(line)).not.toContain('secret')
  expect(failure).toBe('TypeError')
})

it('a page that a vendor keeps from being shown is a warning', async () => {
  const thrown = new IntegrationError({ service: 'clerk', code: 'TIMEOUT', retryable: true })
  const { line, failure } = await failPage(thrown)
  expect(line).toMatchObject({ level: 40, msg: 'page.unavailable', service: 'clerk' })
  expect(failure).toBe('TIMEOUT')
})

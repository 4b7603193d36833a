/** Every handler declares its requirements; declaration, ownership rules and this table agree. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Route } from '@/app/_lib/route'
import { RATE_LIMITS } from '@/lib/domain/users/cost-classes'
import { MATRIX } from '@/tests/e2e/support/ownership-matrix'
import { findRoutes } from '@/tests/support/routes'

const found = findRoutes(process.cwd())
const handlers = await Promise.all(
  found
    .filter(({ key }) => !key.startsWith('PAGE '))
    .map(async ({ key, file }) => ({
      key,
      handler: ((await import(file)) as Record<string, Partial<Route>>)[key.split(' ')[0] ?? '']
    }))
)

/** Such as `DELETE /api/v1/me: user, step-up 10m, limit me.delete, body → 202`. */
function describeRoute(key: string, { declaration }: Partial<Route>): string {
  if (!declaration) return `${key}: declares nothing`
  const { auth, live, stepUp, limit, networkLimit, query, body, response, status, enqueues } =
    declaration
  const needs = [
    auth,
    live && 'live',
    stepUp && describeStepUp(stepUp),
    limit && `limit ${limit}`,
    networkLimit && `network limit ${networkLimit}`,
    query && 'query',
    body && 'body',
    enqueues && 'enqueues'
  ]
  const answers =
    response === null
      ? '204'
      : Array.isArray(response)
        ? response.join(' or ')
        : String(status ?? 200)
  return `${key}: ${needs.filter(Boolean).join(', ')} → ${answers}`
}

const describeStepUp = (stepUp: NonNullable<Route['declaration']['stepUp']>) =>
  typeof stepUp === 'string' ? `step-up ${stepUp}` : `step-up ${stepUp.within} if ${stepUp.only}`

test('every handler is built with route() and declares what this list says', () => {
  expect(
    handlers.map(({ key, handler }) => describeRoute(key, handler ?? {}))
  ).toMatchInlineSnapshot(`
    [
      "GET /.well-known/security.txt: public → text/plain",
      "GET /api/cron/drain: public → 200",
      "POST /api/cron/drain: public → 200",
      "POST /api/csp-report: public, body → 204",
      "GET /api/health/live: public → 200",
      "GET /api/health/ready: public → 200",
      "GET /api/metrics: public → text/plain",
      "POST /api/v1/account/counterparties/[id]/verify: user, step-up 10m, limit funding.link → 200",
      "POST /api/v1/account/counterparties/link: user, step-up 10m, limit funding.link, body → 200",
      "GET /api/v1/account/counterparties: user, limit read → 200",
      "POST /api/v1/account/counterparties: user, step-up 10m, limit funding.link, body → 200",
      "GET /api/v1/account/investments: user, limit account.read → 200",
      "POST /api/v1/account/portals: user, step-up 10m, limit account.reveal → 200",
      "GET /api/v1/account: user, limit read → 200",
      "PATCH /api/v1/account: user, step-up 10m, limit account.strategy, body → 200",
      "GET /api/v1/account/statements: user, limit account.read, query → 200",
      "POST /api/v1/account/statements: user, step-up 10m, limit account.statement, body → 200",
      "GET /api/v1/account/trades: user, limit account.read, query → 200",
      "POST /api/v1/account/trades: user, step-up 10m, limit account.confirmation, body → 200",
      "GET /api/v1/account/transactions: user, limit account.read, query → 200",
      "POST /api/v1/account/transfers/[id]/confirm: user, step-up 1m, limit transfer.confirm → 200",
      "GET /api/v1/account/transfers: user, limit read, query → 200",
      "POST /api/v1/account/transfers: user, live, limit transfer.prepare, body → 200",
      "GET /api/v1/accounts/[id]/investments: user, limit read → 200",
      "PATCH /api/v1/accounts/[id]: user, limit me.change, body → 204",
      "GET /api/v1/accounts: user, limit read, query → 200",
      "GET /api/v1/admin/audit: admin, limit admin.read, query → 200",
      "GET /api/v1/admin/failed-jobs: admin, limit admin.read → 200",
      "POST /api/v1/admin/failed-jobs: admin, step-up 10m, limit admin.change, body, enqueues → 204",
      "GET /api/v1/admin/onboarding: admin, limit admin.read, query → 200",
      "POST /api/v1/admin/users/[id]/access: admin, step-up 10m, limit admin.change, body → 204",
      "DELETE /api/v1/admin/users/[id]/lock: admin, step-up 10m, limit admin.change, body → 204",
      "GET /api/v1/admin/users/[id]: admin, limit admin.read → 200",
      "DELETE /api/v1/admin/users/[id]: admin, step-up 10m, limit admin.change, body, enqueues → 202",
      "GET /api/v1/admin/users: admin, limit admin.read, query → 200",
      "GET /api/v1/admin/vendors: admin, limit admin.read → 200",
      "GET /api/v1/application/agreements/esign-check: public, query → application/pdf",
      "POST /api/v1/application/agreements/esign-check: public, network limit esign, body → 204",
      "POST /api/v1/application/agreements/esign: user, limit application.agreements, body → 204",
      "GET /api/v1/application/agreements: user, limit account.read → 200",
      "POST /api/v1/application/agreements: user, limit application.consent, body → 200",
      "POST /api/v1/application/documents/[type]: user, limit application.document, body, enqueues → 200",
      "GET /api/v1/application/documents: user, limit read → 200",
      "PUT /api/v1/application/draft: user, limit application.draft, body → 200",
      "POST /api/v1/application/link: user, limit bank.connect → 200",
      "POST /api/v1/application/phone: user, limit application.phone → 200",
      "POST /api/v1/application/prefill: user, limit bank.exchange, body → 200",
      "GET /api/v1/application: user, limit read → 200",
      "POST /api/v1/application/submit: user, limit application.submit, body, enqueues → 200",
      "GET /api/v1/assets/[id]: user, limit read → 200",
      "PATCH /api/v1/assets/[id]: user, limit asset.change, body → 200",
      "DELETE /api/v1/assets/[id]: user, live, limit asset.change → 204",
      "POST /api/v1/assets/[id]/values: user, limit asset.change, body → 200",
      "DELETE /api/v1/assets/[id]/values: user, live, limit asset.change, body → 200",
      "GET /api/v1/assets: user, limit read → 200",
      "POST /api/v1/assets: user, limit asset.change, body → 200",
      "POST /api/v1/bank/connect: user, limit bank.connect, query → 200",
      "POST /api/v1/bank/hosted/[id]: user, limit bank.hosted, enqueues → 200",
      "POST /api/v1/bank/hosted: user, limit bank.connect, query → 200",
      "POST /api/v1/bank/resume: user, limit bank.resume, body → 200",
      "POST /api/v1/bank/set_access_token: user, limit bank.exchange, body, enqueues → 200",
      "GET /api/v1/cash-flow: user, limit report, query → 200",
      "GET /api/v1/connections/[id]/progress: user, limit read → 200",
      "POST /api/v1/connections/[id]/relink: user, limit bank.connect → 200",
      "POST /api/v1/connections/[id]/relinked: user, limit bank.exchange, body, enqueues → 200",
      "GET /api/v1/connections/[id]: user, limit read → 200",
      "DELETE /api/v1/connections/[id]: user, live, step-up 10m if history is erase, limit bank.disconnect, body, enqueues → 200",
      "POST /api/v1/connections/[id]/sandbox-actions: user, limit bank.sandbox_action, body, enqueues → 204",
      "POST /api/v1/connections/[id]/sync: user, limit bank.sync, enqueues → 200",
      "GET /api/v1/connections: user, limit read → 200",
      "GET /api/v1/deletions/[id]: public → 200",
      "GET /api/v1/events: user, limit events.stream → text/event-stream",
      "GET /api/v1/export: user, step-up 10m, limit me.export → application/zip",
      "POST /api/v1/export: user, step-up 10m, limit me.export_check → 204",
      "POST /api/v1/link-events: user, limit link.event, body → 204",
      "POST /api/v1/locks: public, network limit locks, body, enqueues → 204",
      "GET /api/v1/me: user, limit read → 200",
      "DELETE /api/v1/me: user, step-up 10m, limit me.delete, body, enqueues → 202",
      "POST /api/v1/messages/read: user, limit me.change, body → 204",
      "GET /api/v1/messages: user, limit read, query → 200",
      "GET /api/v1/net-worth/history: user, limit report, query → 200",
      "GET /api/v1/net-worth: user, limit report → 200",
      "GET /api/v1/openapi.json: public → application/json",
      "GET /api/v1/preferences: user, limit read → 200",
      "PATCH /api/v1/preferences: user, step-up 10m if emailNotices or emailsOff changes, limit me.change, body → 200",
      "GET /api/v1/recurring: user, limit report, query → 200",
      "PUT /api/v1/rules/[id]: user, limit rules.change, body → 200",
      "DELETE /api/v1/rules/[id]: user, live, limit rules.change → 204",
      "GET /api/v1/rules: user, limit read → 200",
      "POST /api/v1/rules: user, limit rules.change, body → 200",
      "GET /api/v1/spending: user, limit report, query → 200",
      "GET /api/v1/transactions/[id]: user, limit read → 200",
      "PATCH /api/v1/transactions/[id]: user, limit transactions.edit, body → 200",
      "DELETE /api/v1/transactions/changes/[id]: user, limit transactions.bulk → 200",
      "POST /api/v1/transactions/changes: user, limit transactions.bulk, body → 200",
      "GET /api/v1/transactions/export: user, live, step-up 10m if more than 1000 rows, limit transactions.export, query → text/csv or application/json or application/x-ndjson",
      "POST /api/v1/transactions/export: user, live, step-up 10m if more than 1000 rows, limit me.export_check, query → 204",
      "POST /api/v1/transactions/last-seen: user, limit me.change → 204",
      "GET /api/v1/transactions: user, limit read, query → 200",
      "POST /api/webhooks/clerk: public, body, enqueues → 200",
      "POST /api/webhooks/jiko: public, body, enqueues → 200",
      "POST /api/webhooks/plaid: public, body, enqueues → 200",
      "POST /language: public, body → ",
      "GET /offline: public → text/html",
      "GET /signed-out: public → ",
    ]
  `)
})

test('every signed-in handler has a limit with a cost class, and a public one only for networks', () => {
  const wrong = handlers.filter(({ handler }) => {
    const { auth, limit, networkLimit } = handler?.declaration ?? {}
    const isPublic = auth === 'public'
    return isPublic ? limit : networkLimit || !(limit && RATE_LIMITS[limit]?.cost)
  })
  expect(wrong.map(({ key }) => key)).toEqual([])
})

test('a handler with a variable path segment declares its params', () => {
  const wrong = handlers.filter(
    ({ key, handler }) => key.includes('[') !== Boolean(handler?.declaration?.params)
  )
  expect(wrong.map(({ key }) => key)).toEqual([])
})

describe('ownership rules (tests/e2e/support/ownership-matrix.ts)', () => {
  test('exist for every page and handler, and for nothing else', () => {
    const keys = found.map(({ key }) => key)
    expect(keys.filter((key) => !(key in MATRIX))).toEqual([])
    expect(Object.keys(MATRIX).filter((key) => !keys.includes(key))).toEqual([])
  })

  test('require the authentication that the handler declares', () => {
    const AUTH = {
      public: 'public',
      person: 'user',
      owned: 'user',
      admin: 'admin',
      page: 'page'
    } as const
    const wrong = handlers.filter(
      ({ key, handler }) => handler?.declaration?.auth !== AUTH[MATRIX[key]?.access ?? 'page']
    )
    expect(wrong.map(({ key }) => key)).toEqual([])
  })
})

describe('the browser checks of every page (tests/e2e/support/pages.ts)', () => {
  /** Pages that no path in `PAGES` opens, and why. */
  const NOT_LISTED: Record<string, string> = {
    '/onboarding': 'only redirects',
    '/onboarding/[step]': 'listed by question, with a computed path',
    '/esign': 'opened with a link from a PDF in esign.spec.ts',
    '/lock': 'opened with a link from an e-mail in lock.spec.ts',
    '/deletion/[id]': 'opened after a deletion in user-data.spec.ts',
    '/messages': 'opened with a message in lock.spec.ts',
    '/admin': 'opened with an admin in accessibility-states.spec.ts',
    '/admin/users': 'opened with an admin in accessibility-states.spec.ts',
    '/admin/users/[id]': 'opened with an admin in accessibility-states.spec.ts',
    '/admin/audit': 'opened with an admin in accessibility-states.spec.ts'
  }
  const listed = [
    ...readFileSync('tests/e2e/support/pages.ts', 'utf8').matchAll(/path: '([^'?]+)/g)
  ].map(([, path = '']) => path)
  const pages = found
    .filter(({ key }) => key.startsWith('PAGE '))
    .map(({ key }) => key.slice('PAGE '.length).replace(/\/\[\[.*\]\]$/, ''))

  test('open each page, unless a reason is given', () => {
    expect(pages.filter((page) => !listed.includes(page) && !(page in NOT_LISTED))).toEqual([])
    expect(Object.keys(NOT_LISTED).filter((page) => !pages.includes(page))).toEqual([])
  })
})

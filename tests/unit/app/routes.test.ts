/** Every handler declares its requirements; declaration, ownership rules and this table agree. */
import { describe, expect, test } from 'vitest'
import type { Route } from '@/app/_lib/route'
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
  const { auth, live, stepUp, limit, query, body, response, status, enqueues } = declaration
  const needs = [
    auth,
    live && 'live',
    stepUp && describeStepUp(stepUp),
    limit && `limit ${limit}`,
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
      "GET /api/cron/drain: public → 200",
      "POST /api/cron/drain: public → 200",
      "GET /api/health/live: public → 200",
      "GET /api/health/ready: public → 200",
      "POST /api/v1/account/counterparties/[id]/verify: user, step-up 10m, limit funding.link → 200",
      "POST /api/v1/account/counterparties/link: user, step-up 10m, limit funding.link, body → 200",
      "GET /api/v1/account/counterparties: user → 200",
      "POST /api/v1/account/counterparties: user, step-up 10m, limit funding.link, body → 200",
      "GET /api/v1/account/investments: user → 200",
      "POST /api/v1/account/portals: user, step-up 10m, limit account.reveal → 200",
      "GET /api/v1/account: user → 200",
      "PATCH /api/v1/account: user, step-up 10m, limit account.strategy, body → 200",
      "GET /api/v1/account/statements: user, query → 200",
      "POST /api/v1/account/statements: user, step-up 10m, limit account.statement, body → 200",
      "GET /api/v1/account/trades: user, query → 200",
      "POST /api/v1/account/trades: user, step-up 10m, limit account.confirmation, body → 200",
      "GET /api/v1/account/transactions: user, query → 200",
      "POST /api/v1/account/transfers/[id]/confirm: user, step-up 1m, limit transfer.confirm → 200",
      "GET /api/v1/account/transfers: user, query → 200",
      "POST /api/v1/account/transfers: user, live, limit transfer.prepare, body → 200",
      "PATCH /api/v1/accounts/[id]: user, body → 204",
      "GET /api/v1/accounts: user, query → 200",
      "GET /api/v1/admin/audit: admin, query → 200",
      "POST /api/v1/admin/people/[id]/look: admin, step-up 10m, body → 204",
      "GET /api/v1/admin/people/[id]: admin → 200",
      "DELETE /api/v1/admin/people/[id]: admin, step-up 10m, body, enqueues → 202",
      "GET /api/v1/admin/people: admin, query → 200",
      "GET /api/v1/admin/vendors: admin → 200",
      "GET /api/v1/admin/work: admin → 200",
      "POST /api/v1/admin/work: admin, step-up 10m, body, enqueues → 204",
      "GET /api/v1/application/agreements: user → 200",
      "POST /api/v1/application/agreements: user, body → 200",
      "GET /api/v1/application/agreements/test-page: public, query → application/pdf",
      "POST /api/v1/application/documents/[type]: user, limit application.document, body, enqueues → 200",
      "GET /api/v1/application/documents: user → 200",
      "PUT /api/v1/application/draft: user, body → 200",
      "POST /api/v1/application/link: user, limit bank.connect → 200",
      "POST /api/v1/application/phone: user, limit application.phone → 200",
      "GET /api/v1/application: user → 200",
      "POST /api/v1/application/submit: user, limit application.submit, body, enqueues → 200",
      "GET /api/v1/assets/[id]: user → 200",
      "PATCH /api/v1/assets/[id]: user, limit asset.change, body → 200",
      "DELETE /api/v1/assets/[id]: user, live, limit asset.change → 204",
      "POST /api/v1/assets/[id]/values: user, limit asset.change, body → 200",
      "DELETE /api/v1/assets/[id]/values: user, live, limit asset.change, body → 200",
      "GET /api/v1/assets: user → 200",
      "POST /api/v1/assets: user, limit asset.change, body → 200",
      "POST /api/v1/bank/connect: user, limit bank.connect, query → 200",
      "POST /api/v1/bank/resume: user, body → 200",
      "POST /api/v1/bank/set_access_token: user, limit bank.exchange, body, enqueues → 200",
      "GET /api/v1/cash-flow: user, query → 200",
      "GET /api/v1/connections/[id]/progress: user → 200",
      "POST /api/v1/connections/[id]/relink: user, limit bank.connect → 200",
      "POST /api/v1/connections/[id]/relinked: user, limit bank.exchange, body, enqueues → 200",
      "GET /api/v1/connections/[id]: user → 200",
      "DELETE /api/v1/connections/[id]: user, live, step-up 10m if history is erase, limit bank.disconnect, body, enqueues → 200",
      "POST /api/v1/connections/[id]/sync: user, limit bank.sync, enqueues → 200",
      "POST /api/v1/connections/[id]/test-doors: user, limit bank.sandbox_action, body, enqueues → 204",
      "GET /api/v1/connections: user → 200",
      "GET /api/v1/deletions/[id]: public → 200",
      "GET /api/v1/events: user → text/event-stream",
      "GET /api/v1/export: user, step-up 10m, limit me.export → application/zip",
      "POST /api/v1/export: user, step-up 10m → 204",
      "POST /api/v1/link-events: user, limit link.event, body → 204",
      "GET /api/v1/me: user → 200",
      "DELETE /api/v1/me: user, step-up 10m, limit me.delete, body, enqueues → 202",
      "POST /api/v1/messages/read: user, body → 204",
      "GET /api/v1/messages: user, query → 200",
      "GET /api/v1/net-worth/history: user, query → 200",
      "GET /api/v1/net-worth: user → 200",
      "GET /api/v1/preferences: user → 200",
      "PATCH /api/v1/preferences: user, step-up 10m if emailNotices changes, body → 200",
      "GET /api/v1/recurring: user, query → 200",
      "PUT /api/v1/rules/[id]: user, limit rules.change, body → 200",
      "DELETE /api/v1/rules/[id]: user, live, limit rules.change → 204",
      "GET /api/v1/rules: user → 200",
      "POST /api/v1/rules: user, limit rules.change, body → 200",
      "GET /api/v1/spending: user, query → 200",
      "GET /api/v1/transactions/[id]: user → 200",
      "PATCH /api/v1/transactions/[id]: user, limit transactions.edit, body → 200",
      "DELETE /api/v1/transactions/changes/[id]: user, limit transactions.bulk → 200",
      "POST /api/v1/transactions/changes: user, limit transactions.bulk, body → 200",
      "GET /api/v1/transactions/export: user, live, step-up 10m if more than 1000 rows, query → text/csv or application/json",
      "POST /api/v1/transactions/export: user, live, step-up 10m if more than 1000 rows, query → 204",
      "GET /api/v1/transactions: user, query → 200",
      "POST /api/v1/transactions/visits: user → 204",
      "POST /api/webhooks/clerk: public, body, enqueues → 200",
      "POST /api/webhooks/jiko: public, body, enqueues → 200",
      "POST /api/webhooks/plaid: public, body, enqueues → 200",
    ]
  `)
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

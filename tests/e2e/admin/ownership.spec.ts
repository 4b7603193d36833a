import { randomUUID } from 'node:crypto'
import { clientOf, openAccount } from '@/tests/e2e/support/api'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { linkFundingBank } from '@/tests/e2e/support/funding'
import { type AccessRule, MATRIX, type OwnedResource } from '@/tests/e2e/support/ownership-matrix'
import { stack } from '@/tests/e2e/support/stack'
import { createAdmin, createTestUser, type TestUser } from '@/tests/e2e/support/users'
import { createPublicToken } from '@/tests/e2e/support/vendors'
import { findRoutes } from '@/tests/support/routes'

test('every page and handler has an ownership rule, and every rule a route', () => {
  const found = findRoutes(process.cwd()).map(({ key }) => key)
  expect(found.length).toBeGreaterThan(20)
  expect(found.filter((key) => !(key in MATRIX))).toEqual([])
  expect(Object.keys(MATRIX).filter((key) => !found.includes(key))).toEqual([])
})

type Answer = { status: number; location: string | null; cache: string | null }

async function call(
  base: string,
  key: string,
  id: string,
  headers: Record<string, string>,
  body?: unknown
): Promise<Answer> {
  const [method = '', route = ''] = key.split(' ')
  const path = route
    .replace('[id]', id)
    .replace('[step]', 'name')
    .replace(/\/\[\[.*\]\]/, '')
  const page = method === 'PAGE'
  const json: Record<string, string> =
    body === undefined ? {} : { 'content-type': 'application/json' }
  const controller = new AbortController()
  const response = await fetch(`${base}${path}`, {
    method: page ? 'GET' : method,
    redirect: 'manual',
    signal: controller.signal,
    headers: { ...(page ? { accept: 'text/html' } : {}), ...json, ...headers },
    body: body === undefined ? null : JSON.stringify(body)
  })
  const answer = {
    status: response.status,
    location: response.headers.get('location'),
    cache: response.headers.get('cache-control')
  }
  // The event stream does not end.
  controller.abort()
  return answer
}

test('the second app runs without proxy.ts, which sets the policy of pages', async () => {
  const policyAt = async (base: string) =>
    (await fetch(`${base}/sign-in`)).headers.get('content-security-policy')
  expect(await policyAt(stack.appUrl)).toContain("script-src 'self' 'nonce-")
  expect(await policyAt(stack.bareUrl)).toBeNull()
})

const WITHOUT_PROXY = 'the app without proxy.ts'

/** proxy.ts passes requests of the API on unread, so without it cookies are enough to see a difference. */
for (const [build, baseOf, credentialKinds] of [
  ['the app', () => stack.appUrl, ['freshBearer', 'cookies']],
  [WITHOUT_PROXY, () => stack.bareUrl, ['cookies']]
] as const) {
  test.describe(build, () => {
    // In one process, which prepares the users once.
    test.describe.configure({ mode: 'default' })
    let owner: TestUser
    let other: TestUser
    let admin: Awaited<ReturnType<typeof createAdmin>>
    let connectionId = ''
    let owns: Record<OwnedResource, string>

    test.beforeAll(async () => {
      owner = await createTestUser()
      other = await createTestUser()
      admin = await createAdmin()
      const response = await fetch(`${stack.appUrl}/api/v1/bank/set_access_token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(await owner.bearer()) },
        body: JSON.stringify({ public_token: await createPublicToken() })
      })
      connectionId = ((await response.json()) as { connectionId: string }).connectionId
      expect(connectionId).toBeTruthy()
      owns = {
        connection: connectionId,
        hosted: (await clientOf(owner).postBankHosted()).visit,
        ...(await saySomething(owner)),
        ...(await prepareMoney(owner))
      }
    })

    for (const [key, rule] of Object.entries(MATRIX)) {
      // proxy.ts passes these on unread, so both builds run the same code.
      const long = build === WITHOUT_PROXY && key.includes(' /api/')
      test(`${key}: ${rule.access}`, { tag: long ? ['@long'] : [] }, async () => {
        const send = (id: string, headers: Record<string, string>) =>
          call(baseOf(), key, id, headers, 'body' in rule ? rule.body : undefined)
        const mine = rule.access === 'owned' ? owns[rule.owns] : connectionId
        await expectAnonymous(
          key.startsWith('PAGE') && rule.access === 'admin'
            ? { access: 'page', signedIn: [] }
            : rule,
          () => send(mine, {})
        )
        if (rule.access === 'public') return
        if (rule.access === 'admin') return expectAdminOnly(key, rule, send)
        for (const credentials of credentialKinds) {
          const origin: Record<string, string> =
            credentials === 'cookies' ? { origin: new URL(stack.appUrl).origin } : {}
          const as = async (user: TestUser, id: string) => {
            const { status, cache } = await send(id, {
              ...(await user[credentials]()),
              ...origin
            })
            if (status === 200 || status === 204)
              expect(cache, 'may a browser keep it?').toContain('no-store')
            return status
          }
          if (rule.access === 'owned') {
            expect(rule.own, `owner by ${credentials}`).toContain(await as(owner, mine))
            expect(await as(other, mine), `another user by ${credentials}`).toBe(404)
            expect(await as(owner, randomUUID()), `unknown id by ${credentials}`).toBe(404)
            expect(await as(owner, 'not-an-id'), `malformed id by ${credentials}`).toBe(404)
          } else if (rule.access === 'person' || credentials === 'cookies') {
            expect(rule.signedIn, `signed in by ${credentials}`).toContain(
              await as(other, connectionId)
            )
          }
        }
        if (rule.access !== 'page' && !key.startsWith('GET')) await expectOwnPagesOnly(send, owner)
      })
    }

    async function expectAdminOnly(
      key: string,
      { own }: Extract<AccessRule, { access: 'admin' }>,
      send: (id: string, headers: Record<string, string>) => Promise<Answer>
    ) {
      const page = key.startsWith('PAGE')
      const ask = async (headers: Record<string, string>) =>
        (await send(owner.userId, headers)).status
      const origin = { origin: new URL(stack.appUrl).origin }
      if (!page) expect(await ask(await other.bearer()), 'another user by bearer').toBe(404)
      expect(await ask({ ...(await other.cookies()), ...origin }), 'another user').toBe(404)
      // The page explains what is required and shows no data.
      expect(
        await ask({ ...(await admin.cookies()), ...origin }),
        'an administrator with a password alone'
      ).toBe(page ? 200 : 403)
      expect(own, 'an administrator').toContain(
        await ask({ ...(await admin.verifiedCookies()), ...origin })
      )
      if (!page && !key.startsWith('GET')) await expectOwnPagesOnly(send, admin)
    }

    async function expectOwnPagesOnly(
      send: (id: string, headers: Record<string, string>) => Promise<Answer>,
      user: TestUser
    ) {
      for (const origin of [{}, { origin: 'https://evil.example' }, { origin: 'null' }] as Record<
        string,
        string
      >[]) {
        expect(
          (await send(connectionId, { ...(await user.cookies()), ...origin })).status,
          JSON.stringify(origin)
        ).toBe(403)
      }
    }
  })
}

/** The owner's transaction, a rule, and a change that can be undone. */
async function saySomething(
  owner: TestUser
): Promise<
  Record<Exclude<OwnedResource, 'connection' | 'hosted' | 'transfer' | 'counterparty'>, string>
> {
  const pangea = clientOf(owner)
  const first = async () => (await pangea.getTransactions({ query: { limit: 1 } })).items[0]?.id
  await expect.poll(first, { timeout: 20_000, message: 'a transaction of the owner' }).toBeTruthy()
  const transaction = (await first()) ?? ''
  const { rule } = await pangea.postRules({ body: { text: 'roast', category: 'TRAVEL' } })
  const change = randomUUID()
  await pangea.postTransactionsChanges({
    body: { id: change, ids: [transaction], change: { category: 'TRAVEL' } }
  })
  const { items } = await pangea.getAccounts()
  const asset = await pangea.postAssets({
    body: { name: 'House', kind: 'home', currency: 'USD', value: '250000' }
  })
  return { transaction, rule: rule.id, change, account: items[0]?.id ?? '', asset: asset.id }
}

/** The owner's counterparty, and a draft transfer. */
async function prepareMoney(owner: TestUser): Promise<Record<'transfer' | 'counterparty', string>> {
  await openAccount(owner)
  const counterparty = (await linkFundingBank(owner)).id
  const transfer = (
    await clientOf(owner).postAccountTransfers({
      body: { direction: 'in', bank: counterparty, amount: '12' }
    })
  ).id
  return { transfer, counterparty }
}

async function expectAnonymous(rule: AccessRule, ask: () => Promise<Answer>): Promise<void> {
  const { status, location } = await ask()
  if (rule.access === 'public') {
    expect([rule.anonymous, 307]).toContain(status)
  } else if (rule.access === 'page') {
    expect(status).toBe(307)
    expect(location).toMatch(/\/sign-in|\/__clerk\/v1\/client\/handshake/)
  } else {
    expect(status).toBe(401)
  }
}

test('another user sees none of the owner’s lists', async () => {
  const [owner, other] = [await createTestUser(), await createTestUser()]
  await fetch(`${stack.appUrl}/api/v1/bank/set_access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await owner.bearer()) },
    body: JSON.stringify({ public_token: await createPublicToken() })
  })
  for (const list of ['connections', 'accounts', 'transactions']) {
    const read = async (user: TestUser) =>
      (
        (await (
          await fetch(`${stack.appUrl}/api/v1/${list}`, { headers: await user.bearer() })
        ).json()) as { items: unknown[] }
      ).items
    expect(await read(other), list).toEqual([])
    if (list !== 'transactions') expect((await read(owner)).length, list).toBeGreaterThan(0)
  }
})

test('requests that once bypassed a proxy get no data', async () => {
  const tries: [string, Record<string, string>][] = [
    ['/dashboard', { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }],
    ['/dashboard.rsc', {}],
    ['/dashboard', { rsc: '1' }],
    [
      '/dashboard',
      { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' }
    ],
    ['//dashboard', {}],
    ['/%64ashboard', {}],
    ['/api/v1/accounts', { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }],
    ['/api/v1//accounts', {}]
  ]
  for (const base of [stack.appUrl, stack.bareUrl]) {
    for (const [path, headers] of tries) {
      const response = await fetch(`${base}${path}`, { redirect: 'manual', headers })
      const text = await response.text()
      expect([200, 307, 308, 401, 404], `${path} ${JSON.stringify(headers)}`).toContain(
        response.status
      )
      expect(text, path).not.toContain('"currency"')
    }
  }
})

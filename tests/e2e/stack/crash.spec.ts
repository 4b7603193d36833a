import { clientOf, linkBank } from '@/tests/e2e/support/api'
import { itemOf, query } from '@/tests/e2e/support/database'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { type OwnStack, startOwnStack } from '@/tests/e2e/support/own-stack'
import { stack, switchStack } from '@/tests/e2e/support/stack'
import { heading } from '@/tests/e2e/support/steps/onboarding-pages'
import { createTestUser, type TestUser } from '@/tests/e2e/support/users'
import { callControl, injectFault, svixHeaders } from '@/tests/e2e/support/vendors'

// Each test kills processes that the earlier one restarted, and a process that exits twice ends the
// start command.
test.describe.configure({ mode: 'serial', timeout: 120_000 })

let own: OwnStack
let back = () => {}
let user: TestUser
let connectionId = ''

test.beforeAll(async () => {
  test.setTimeout(180_000)
  own = await startOwnStack({}, 3_600)
  back = switchStack(own.stack)
  user = await createTestUser()
  connectionId = await linkBank(user)
})
test.afterAll(async () => {
  back()
  await own?.stop()
})

const alive = async () =>
  (await fetch(`${stack.appUrl}/api/health/live`).catch(() => null))?.ok ?? false

/**
 * Right after the database was killed: requests get an error, and webhooks get a status that makes
 * the vendor retry.
 */
async function expectStorageAway(bearer: Record<string, string>): Promise<void> {
  const body = JSON.stringify({ type: 'session.created', data: { id: 'sess_1' } })
  const [read, webhook] = await Promise.all([
    fetch(`${stack.appUrl}/api/v1/accounts`, { headers: bearer }),
    fetch(`${stack.appUrl}/api/webhooks/clerk`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...svixHeaders(body) },
      body
    })
  ])
  expect([read.status, webhook.status]).toEqual([503, 503])
  for (const answer of [read, webhook])
    expect(await answer.json()).toMatchObject({
      error: {
        code: 'unavailable',
        message: expect.stringContaining('We cannot reach our storage right now')
      }
    })
}

type Delivery = {
  id: string
  event: string
  body: string
  status: string
  attempts: { status: number | null }[]
}

test('a webhook takes effect within ten seconds of a restart, though the app was killed right after its 200', async () => {
  const itemId = await itemOf(connectionId)
  const name = `Night Train ${Date.now()}`
  await callControl('plaid', '/deliveries/mode', { drop: true })
  await callControl('plaid', `/items/${itemId}/transactions`, {
    transactions: [{ name, amount: 55.5 }]
  })
  const [dropped] = (await callControl<Delivery[]>('plaid', '/deliveries')).filter(
    ({ body, status }) => status === 'dropped' && body.includes(itemId)
  )
  // The app cannot finish before it is killed.
  await injectFault('plaid', {
    path: '/transactions/sync',
    kind: 'latency',
    delay: 2_000,
    times: 1
  })
  const delivered = await callControl<Delivery>('plaid', `/deliveries/${dropped?.id}/redeliver`, {})
  expect(delivered.attempts.at(-1)?.status).toBe(200)
  process.kill(own.children().app ?? 0, 'SIGKILL')
  await expect.poll(() => own.output()).toContain('! app stopped (SIGKILL); starting it again')
  await expect.poll(alive, { timeout: 30_000, intervals: [50] }).toBe(true)
  const arrived = () =>
    query('select 1 from transactions where connection_id = $1 and name = $2', [connectionId, name])
  await expect
    .poll(async () => (await arrived()).length, { timeout: 10_000, intervals: [200] })
    .toBe(1)
  expect(
    (await callControl<Delivery[]>('plaid', '/deliveries')).filter(
      ({ status }) => status === 'waiting'
    )
  ).toEqual([])
})

test('@long after all emulators are killed, users are still signed in, with the same banks and totals', async ({
  open,
  seen
}) => {
  const page = await open(user, { baseURL: stack.appUrl })
  await page.goto('/dashboard')
  await expect(heading(page, 'Dashboard')).toBeVisible()
  const totals = () =>
    page
      .getByRole('region', { name: /Everything you own/ })
      .getByText(/\$[\d,]+\.\d{2}/)
      .allTextContents()
  // Waits until the page has no request in progress when the servers are killed.
  await expect(page.getByRole('button', { name: 'Open user menu' })).toBeVisible()
  await expect.poll(totals).not.toEqual([])
  const before = await totals()
  const accounts = await clientOf(user).getAccounts()
  const bearer = await user.bearer()
  const { app: _app, console: _console, ...emulators } = own.children()
  for (const pid of Object.values(emulators)) process.kill(pid, 'SIGKILL')
  await expectStorageAway(bearer)
  for (const name of ['clerk', 'plaid', 'jiko', 'xata'])
    await expect
      .poll(() => own.output())
      .toContain(`! ${name} stopped (SIGKILL); starting it again`)
  const ready = async () =>
    (await fetch(`${stack.appUrl}/api/health/ready`).catch(() => null))?.status
  await expect.poll(ready, { timeout: 40_000 }).toBe(200)
  await expect
    .poll(
      () =>
        fetch(`${stack.clerkUrl}/_sandbox/health`).then(
          ({ status }) => status,
          () => 0
        ),
      { timeout: 30_000 }
    )
    .toBe(200)
  // Reloads: an error of the page while its servers were down is not part of this test.
  seen.faults.length = 0
  await page.reload()
  await expect(heading(page, 'Dashboard')).toBeVisible()
  await expect.poll(totals).toEqual(before)
  expect((await clientOf(user).getAccounts()).items).toEqual(accounts.items)
})

import { callApi, clientOf, linkBank } from '@/tests/e2e/support/api'
import { query } from '@/tests/e2e/support/database'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { type OwnStack, startOwnStack } from '@/tests/e2e/support/own-stack'
import { switchStack } from '@/tests/e2e/support/stack'
import { createTestUser, type TestUser } from '@/tests/e2e/support/users'
import { clearFaults, injectFault, recoverVendors, vendorStates } from '@/tests/e2e/support/vendors'

// Requests and the worker use two copies of every module in the built server, and share one breaker
// per vendor.
test.describe.configure({ timeout: 120_000 })
test.afterEach(recoverVendors)

const isOpen = async () => (await vendorStates()).plaid === 'open'
const connect = async (user: TestUser) => (await callApi(user, 'POST', '/bank/connect', {})).status
const newestSync = async (connectionId: string) =>
  (
    await query<{ status: string; code: string | null }>(
      'select status, code from sync_runs where connection_id = $1 order by created_at desc limit 1',
      [connectionId]
    )
  )[0]

async function expectRecovery(user: TestUser, connectionId: string): Promise<void> {
  await clearFaults()
  await expect.poll(() => connect(user), { timeout: 30_000, intervals: [2_000] }).toBe(200)
  await expect
    .poll(() => newestSync(connectionId), { timeout: 30_000, intervals: [250] })
    .toEqual({ status: 'completed', code: null })
}

test('with Plaid down during requests, a sync waits, and both recover when Plaid is back', async () => {
  const user = await createTestUser()
  const connectionId = await linkBank(user)
  await injectFault('plaid', { path: '*', kind: '500' })
  while (!(await isOpen())) expect(await connect(user)).toBe(503)
  await clientOf(user).postConnectionsByIdSync({ params: { id: connectionId } })
  await expect
    .poll(() => newestSync(connectionId), { intervals: [100] })
    .toEqual({ status: 'pending', code: 'CIRCUIT_OPEN' })
  await expectRecovery(user, connectionId)
})

test('@long with Plaid down during syncs, requests fail at once, and both recover when Plaid is back', async () => {
  const user = await createTestUser()
  const connectionId = await linkBank(user)
  await injectFault('plaid', { path: '*', kind: '500' })
  await clientOf(user).postConnectionsByIdSync({ params: { id: connectionId } })
  await expect.poll(isOpen, { timeout: 30_000, intervals: [100] }).toBe(true)
  expect(await connect(user)).toBe(503)
  await expectRecovery(user, connectionId)
})

test('@long with Jiko unreachable from the start, requests get 503', async () => {
  let own: OwnStack | undefined
  let back = () => {}
  try {
    const keys = {
      JIKO_USERNAME: 'user',
      JIKO_PASSWORD: 'password',
      JIKO_SHARED_SECRET: 'shared-secret-0001',
      JIKO_WEBHOOK_SECRETS: 'webhook-secret-0001'
    }
    own = await startOwnStack({ ...keys, JIKO_BASE_URL: 'http://127.0.0.1:9' }, 3_800)
    back = switchStack(own.stack)
    const user = await createTestUser()
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => callApi(user, 'GET', '/application/agreements'))
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503))
  } finally {
    back()
    await own?.stop()
  }
})

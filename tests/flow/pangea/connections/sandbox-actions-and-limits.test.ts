import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { errorResponse } from '@/app/_lib/errors/error-response'
import { POST as connect } from '@/app/api/v1/bank/connect/route'
import { POST as link } from '@/app/api/v1/bank/set_access_token/route'
import { advanceClock } from '@/lib/platform/clock'
import { vendorHealth } from '@/lib/platform/telemetry/metrics'
import { DataService, PangeaService } from '@/lib/services'
import { linkedUser } from '@/tests/support/connections'
import { withEnvironment } from '@/tests/support/environment'
import { type Reply, signIn } from '@/tests/support/handlers'
import { KEYS, openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('sandbox actions', () => {
  test('break the login, send webhooks and create transactions through Plaid’s own endpoints', async () => {
    const { user, connectionId } = await linkedUser(world, {
      username: 'user_transactions_dynamic'
    })
    const ids = async () =>
      (await DataService.listTransactions(user, { limit: 200 })).items.map(({ id }) => id)
    const before = await ids()
    await PangeaService.runSandboxAction(user, connectionId, { kind: 'create_transactions' })
    await world.settle()
    expect((await ids()).filter((id) => !before.includes(id)).length).toBeGreaterThan(2)
    await PangeaService.runSandboxAction(user, connectionId, {
      kind: 'fire_webhook',
      code: 'NEW_ACCOUNTS_AVAILABLE'
    })
    await world.settle()
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      newAccounts: true
    })
    await PangeaService.runSandboxAction(user, connectionId, { kind: 'reset_login' })
    await world.settle()
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({ status: 'bad' })
    await expect(
      PangeaService.runSandboxAction(user, connectionId, { kind: 'fire_webhook', code: 'NO_SUCH' })
    ).rejects.toMatchObject({ code: 'invalid' })
  })

  test("do not exist with Plaid in production, nor for another user's connection", async () => {
    const { user, connectionId } = await linkedUser(world)
    await expect(
      PangeaService.runSandboxAction(await world.createUser(), connectionId, {
        kind: 'reset_login'
      })
    ).rejects.toMatchObject({ code: 'not_found' })
    const inProduction = withEnvironment({ PLAID_ENV: 'production' }, () =>
      PangeaService.runSandboxAction(user, connectionId, { kind: 'reset_login' })
    )
    await expect(inProduction).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('limits', () => {
  test('a bank has a cooldown after each request, and the response states how long', async () => {
    const { user, connectionId } = await linkedUser(world)
    expect(await PangeaService.requestSync(user, connectionId)).toEqual({ restMs: 30_000 })
    await expect(PangeaService.requestSync(user, connectionId)).rejects.toMatchObject({
      code: 'too_many_requests',
      message: expect.stringMatching(/in \d+ seconds/)
    })
    const refused = await PangeaService.requestSync(user, connectionId).catch(
      (error: unknown) => error
    )
    const answer = errorResponse(refused, new Request('http://localhost/api/v1/connections'))
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(25)
    advanceClock(30_001)
    await PangeaService.requestSync(user, connectionId)
  })

  test('linking is limited per user, with a Retry-After', async () => {
    const { call } = await signIn(world, (await world.createUser()).userId)
    const tries = async (again: () => Promise<Reply<unknown>>) => {
      for (let n = 0; n < 20; n++) expect((await again()).status).not.toBe(429)
      const refused = await again()
      expect(refused.status).toBe(429)
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    await tries(() => call(connect, { method: 'POST' }))
    await world.control('plaid', '/faults', {
      path: '/item/public_token/exchange',
      kind: '400',
      code: 'INVALID_INSTITUTION'
    })
    await tries(() => call(link, { method: 'POST', body: { public_token: 'public-sandbox-x' } }))
    await fetch(`${world.plaid.url}/_sandbox/faults`, { method: 'DELETE' })
    const other = await signIn(world, (await world.createUser()).userId)
    expect((await other.call(connect, { method: 'POST' })).status).toBe(200)
  })

  test('Plaid’s rate limit delays the sync by a minute and opens no circuit breaker', async () => {
    const { user, connectionId } = await linkedUser(world)
    await world.control('plaid', '/rate-limits', { enabled: true })
    const accessToken = await DataService.getAccessToken(user, connectionId)
    for (let n = 0; n < 50; n++) {
      await fetch(`${world.plaid.url}/transactions/sync`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'plaid-client-id': KEYS.plaidClientId,
          'plaid-secret': KEYS.plaidSecret
        },
        body: JSON.stringify({ access_token: accessToken, count: 1 })
      })
    }
    await DataService.requestSync(user, connectionId, 'test')
    await world.settle()
    const [run] = await world.storage.rows<{ status: string; code: string; wait: string }>(
      `select status, code, extract(epoch from run_at - finished_at)::text as wait from sync_runs where connection_id = $1 and status = 'pending'`,
      [connectionId]
    )
    expect(run).toMatchObject({ status: 'pending', code: 'TRANSACTIONS_SYNC_LIMIT' })
    expect(Number(run?.wait)).toBeGreaterThanOrEqual(59)
    expect(vendorHealth().plaid?.state).toBe('closed')
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({ status: 'good' })
    await world.control('plaid', '/rate-limits', { enabled: false })
    advanceClock(120_000)
    await world.settle()
    expect((await DataService.getSyncProgress(user, connectionId)).status).toBe('completed')
  })
})

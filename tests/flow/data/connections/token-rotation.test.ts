import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import { app, auditActionsOf, connect, newUser } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const LEASE = { leaseMs: 60_000 }
const LOST = {
  status: 'revoked',
  errorType: 'INVALID_INPUT',
  errorCode: 'INVALID_ACCESS_TOKEN',
  requestId: 'request-1'
} as const

async function rotating() {
  const user = await newUser()
  const connectionId = await connect(user, { accessToken: 'access-sandbox-old' })
  await DataService.requestTokenRotation(app, { connectionId })
  const claim = () => DataService.claimConnectionJob(app, { ...LEASE, connectionId })
  const job = await claim()
  if (!job) throw new Error('no job')
  return { user, connectionId, job }
}

const stateOf = async (user: UserActor) =>
  (await DataService.listConnections(user)).map(({ status, errorCode }) => [status, errorCode])
const orphansOf = async ({ userId }: UserActor) =>
  (await DataService.listOrphanedItems()).items.filter((one) => one.userId === userId)

test('a lost token ends the connection until it is linked again, and its Item is listed as left behind', async () => {
  const { user, job } = await rotating()
  await DataService.recordLostToken(job, LOST)
  expect(await stateOf(user)).toEqual([['revoked', 'INVALID_ACCESS_TOKEN']])
  expect(await orphansOf(user)).toMatchObject([{ errorCode: 'TOKEN_LOST', requestId: 'request-1' }])
  expect(await auditActionsOf(storage, user)).toContain('connection.token_lost')
})

test('an Item that was removed at Plaid is not listed as left behind', async () => {
  const { user, job } = await rotating()
  await DataService.recordLostToken(job, { ...LOST, errorCode: 'ITEM_NOT_FOUND' })
  expect(await stateOf(user)).toEqual([['revoked', 'ITEM_NOT_FOUND']])
  expect(await orphansOf(user)).toEqual([])
})

test('a new token is stored once, also if its answer is lost and it is stored again', async () => {
  const { user, connectionId, job } = await rotating()
  const sealed = DataService.encryptRotatedToken(job, 'access-sandbox-new')
  await DataService.saveRotatedToken(job, sealed)
  await DataService.saveRotatedToken(job, sealed)
  expect(await DataService.getAccessToken(app, connectionId)).toBe('access-sandbox-new')
  const rotated = (await auditActionsOf(storage, user)).filter(
    (action) => action === 'connection.token_rotated'
  )
  expect(rotated).toHaveLength(1)
})

test('a connection that another process declared lost works again once its new token is stored', async () => {
  const { user, job } = await rotating()
  await DataService.recordLostToken(job, LOST)
  await DataService.saveRotatedToken(
    job,
    DataService.encryptRotatedToken(job, 'access-sandbox-new')
  )
  expect(await stateOf(user)).toEqual([['good', null]])
})

test('a token counts as replaced while a rotation is under way, and once another is stored', async () => {
  const { connectionId, job } = await rotating()
  const isReplaced = () => DataService.isTokenReplaced(connectionId, 'access-sandbox-old')
  expect(await isReplaced()).toBe(true)
  await DataService.completeJob(job)
  expect(await isReplaced()).toBe(false)
  await DataService.saveRotatedToken(
    job,
    DataService.encryptRotatedToken(job, 'access-sandbox-new')
  )
  expect(await isReplaced()).toBe(true)
})

describe('a rotation and a sync of one connection', () => {
  test('do not run at once', async () => {
    const { connectionId, job } = await rotating()
    await storage.rows(
      "update sync_runs set run_at = now() + interval '1 day' where connection_id <> $1",
      [connectionId]
    )
    expect(await DataService.claimSyncRun(app, LEASE)).toBeNull()
    await DataService.completeJob(job)
    const sync = await DataService.claimSyncRun(app, LEASE)
    expect(sync).toMatchObject({ connectionId })
    await DataService.requestTokenRotation(app, { connectionId })
    const again = await DataService.claimConnectionJob(app, { ...LEASE, connectionId })
    expect(again).toBeNull()
  })
})

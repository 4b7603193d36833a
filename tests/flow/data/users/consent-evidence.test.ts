import { afterAll, beforeAll, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'
import { withEnvironment } from '@/tests/support/environment'
import { app, newUser } from '@/tests/support/fixtures/data'
import { columnsContaining } from '@/tests/support/leaks'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const documents = [{ title: 'Deposit account', type: 'BANK_ACCOUNT', sha256: 'a'.repeat(64) }]

async function consentedUser(email: string): Promise<UserActor> {
  const user = await newUser()
  await DataService.saveUserEmail(app, user.userId, email)
  await DataService.saveConsents(user, {
    version: '2026-11',
    groups: [{ category: 'BANK', documents }],
    consentedAt: '2026-11-01T10:00:00.000Z'
  })
  return user
}

async function erase({ userId }: UserActor) {
  await DataService.requestDeletion(app, { userId, origin: 'admin' })
  await storage.rows(`update notices set status = 'completed' where user_id = $1`, [userId])
  const deletion = await DataService.claimDeletion(app, { leaseMs: 60_000 })
  if (deletion?.userId !== userId) throw new Error('claimed another one')
  expect(await DataService.eraseUser(deletion)).toBe(true)
  expect(await DataService.eraseUser(deletion), 'a second time').toBe(true)
  await DataService.completeDeletion(deletion)
}

test('a consent outlives its user without their id and address, and is found by either', async () => {
  const user = await consentedUser('Ada@example.com')
  const other = await consentedUser('other@example.com')
  await erase(user)
  expect(await columnsContaining(storage, [user.userId, 'Ada@example.com'])).toEqual([])
  const consent = {
    version: '2026-11',
    category: 'BANK',
    documents,
    consentedAt: expect.stringContaining('2026-11-01')
  }
  expect(await PangeaService.findConsents('email', ' ada@EXAMPLE.com')).toMatchObject([consent])
  expect(await PangeaService.findConsents('user', user.userId)).toMatchObject([consent])
  expect(await PangeaService.findConsents('user', other.userId), 'not erased').toEqual([])
  expect(await PangeaService.findConsents('email', 'nobody@example.com')).toEqual([])
})

test('a consent is found after its key was rotated, while the old key is kept', async () => {
  const user = await consentedUser('rotated@example.com')
  await erase(user)
  const old = process.env.AUDIT_KEYS ?? ''
  const newer = `b2:${Buffer.alloc(32, 9).toString('base64')}`
  const found = (keys: string) =>
    withEnvironment({ AUDIT_KEYS: keys }, () => PangeaService.findConsents('user', user.userId))
  expect(await found(`${newer},${old}`)).toHaveLength(1)
  expect(await found(newer)).toEqual([])
})

test('a consent is deleted when its time is over, and never kept where the time is zero', async () => {
  const user = await consentedUser('expired@example.com')
  await erase(user)
  const inDays = (days: number) => new Date(Date.now() + days * 24 * 3_600_000)
  const kept = () => storage.rows('select 1 from consent_evidence')
  const before = (await kept()).length
  await DataService.deleteExpired('consent_evidence', { before: inDays(1_800), limit: 100 })
  expect(await kept()).toHaveLength(before)
  await DataService.deleteExpired('consent_evidence', { before: inDays(1_900), limit: 100 })
  expect(await kept()).toEqual([])
  const none = await consentedUser('none@example.com')
  await withEnvironment({ CONSENT_RETENTION_DAYS: '0' }, () => erase(none))
  expect(await kept()).toEqual([])
})

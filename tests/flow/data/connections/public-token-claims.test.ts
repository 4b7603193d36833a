import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { advanceClock } from '@/lib/platform/clock'
import * as DataService from '@/lib/services/data'
import { newUser } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

test('one of several requests claims a public token, and the next one once it is released or has expired', async () => {
  const user = await newUser()
  const publicTokenHash = randomUUID()
  const ids = Array.from({ length: 5 }, () => randomUUID())
  const claim = (id: string) =>
    DataService.claimPublicToken(user, { id, publicTokenHash, ttlMs: 60_000 })
  const claimed = await Promise.all(ids.map(claim))
  expect(claimed.filter(Boolean)).toHaveLength(1)
  const holder = ids[claimed.indexOf(true)] ?? ''
  const others = ids.filter((id) => id !== holder)

  await DataService.releasePublicToken(user, others[0] ?? '')
  expect(await claim(others[0] ?? '')).toBe(false)
  await DataService.releasePublicToken(user, holder)
  expect(await claim(others[0] ?? '')).toBe(true)
  expect(await claim(others[1] ?? '')).toBe(false)
  advanceClock(61_000)
  expect(await claim(others[1] ?? '')).toBe(true)
  expect(await storage.rows('select id from public_token_claims')).toEqual([{ id: others[1] }])
})

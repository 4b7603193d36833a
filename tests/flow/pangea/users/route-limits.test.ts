import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import {
  MAX_STREAMS,
  RATE_LIMITS,
  USER_VENDOR_BUDGET,
  VENDOR_BUDGET
} from '@/lib/domain/users/cost-classes'
import { advanceClock } from '@/lib/platform/clock'
import { PangeaService } from '@/lib/services'
import { resetSingletons } from '@/tests/support/environment'
import { newUser } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
let user: UserActor
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(async () => {
  resetSingletons('local-budgets')
  await storage.close()
})
beforeEach(async () => {
  resetSingletons('local-budgets')
  await storage.rows('delete from rate_limits')
  user = await newUser()
})

const call = (name: PangeaService.LimitName, by = user) => PangeaService.requireRateLimit(by, name)
const refusedBy = (rule: string) => ({ code: 'too_many_requests', rule })
/** Sets a stored budget to its last call. */
const spend = (key: string, taken: number) =>
  storage.rows(
    `insert into rate_limits (key, window_started_at, taken) values ($1, now() + interval '2 minutes', $2)`,
    [key, taken]
  )

describe('reads', () => {
  test('are counted per user in the process, without a row', async () => {
    for (let n = 0; n < RATE_LIMITS.report.limit; n++) await call('report')
    await expect(call('report')).rejects.toMatchObject(refusedBy('report'))
    await call('report', await newUser())
    expect(await storage.rows('select key from rate_limits')).toEqual([])
    advanceClock(60_001)
    await call('report')
  })
})

describe('vendor calls', () => {
  test('of one user are limited over all routes together', async () => {
    await spend(`vendor:person:${user.userId}`, USER_VENDOR_BUDGET.limit)
    await expect(call('bank.connect')).rejects.toMatchObject(refusedBy('vendor'))
    await call('rules.change')
    await call('bank.connect', await newUser())
  })

  test('of all users are limited for each vendor, and a refused user takes nothing from it', async () => {
    await spend('vendor.plaid:system:all-users', VENDOR_BUDGET.limit - 1)
    await spend(`bank.sync:person:${user.userId}`, RATE_LIMITS['bank.sync'].limit)
    await expect(call('bank.sync')).rejects.toMatchObject(refusedBy('bank.sync'))
    await call('bank.connect')
    await expect(call('bank.connect', await newUser())).rejects.toMatchObject(
      refusedBy('vendor.plaid')
    )
    await call('account.reveal')
  })
})

test('a user reads 100,000 rows page by page in ten minutes, whatever the size of the pages', async () => {
  const [user, other] = [await newUser(), await newUser()]
  for (let page = 0; page < 500; page++) PangeaService.requireRowQuota(user, 200)
  expect(() => PangeaService.requireRowQuota(user, 1)).toThrow(
    expect.objectContaining({ code: 'too_many_requests', rule: 'transactions.rows' })
  )
  PangeaService.requireRowQuota(other, 1)
  advanceClock(600_000)
  PangeaService.requireRowQuota(user, 1)
})

test('the number of the agreements’ test page can be tried twenty times a day', async () => {
  for (let n = 0; n < 20; n++) await call('application.agreements')
  await expect(call('application.agreements')).rejects.toMatchObject({
    ...refusedBy('application.agreements'),
    message: 'Too many tries in a short time. Try again in 24 hours.'
  })
})

test('a user has a limited number of open streams, and a closed one makes room', async () => {
  const listener = { changed() {}, end() {} }
  const open = Array.from({ length: MAX_STREAMS }, () => PangeaService.watchChanges(user, listener))
  await expect(call('events.stream')).rejects.toMatchObject(refusedBy('events.streams'))
  await call('events.stream', await newUser())
  open.pop()?.()
  await call('events.stream')
  for (const close of open) close()
})

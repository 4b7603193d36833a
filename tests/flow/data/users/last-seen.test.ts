import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advanceClock, now } from '@/lib/platform/clock'
import * as DataService from '@/lib/services/data'
import { newUser } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const HOUR = 3_600_000
/** The last visit, in hours ago; null when there was none. */
async function hoursAgo(
  ...[user]: Parameters<typeof DataService.findLastSeen>
): Promise<number | null> {
  const at = await DataService.findLastSeen(user)
  return at === null ? null : Math.round((now().getTime() - Date.parse(at)) / HOUR)
}

describe('the last visit', () => {
  it('is null at the first visit, and the earlier one during repeated requests', async () => {
    const [user, other] = [await newUser(), await newUser()]
    await DataService.recordLastSeen(user)
    await DataService.recordLastSeen(user)
    expect(await hoursAgo(user)).toBeNull()
    advanceClock(5 * HOUR)
    expect(await hoursAgo(user)).toBe(5)
    await DataService.recordLastSeen(user)
    expect(await hoursAgo(user)).toBe(5)
    await DataService.recordLastSeen(user)
    expect(await hoursAgo(user)).toBe(5)
    advanceClock(2 * HOUR)
    expect(await hoursAgo(user)).toBe(2)
    expect(await hoursAgo(other)).toBeNull()
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { advanceClock } from '@/lib/platform/clock'
import * as DataService from '@/lib/services/data'
import { app, newUser } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const FIVE = { limit: 5, windowMs: 60_000 }
const allowed = (answers: { allowed: boolean }[]) =>
  answers.filter((answer) => answer.allowed).length

describe('consumeRateLimit', () => {
  test('two processes together allow no more requests than one', async () => {
    const user = await newUser()
    const take = () =>
      Promise.all(
        Array.from({ length: 10 }, () => DataService.consumeRateLimit(user, 'test', FIVE))
      )
    const here = take()
    const first = storage.anotherProcess()
    const answers = [...(await Promise.all([here, take()]))].flat()
    await first.close()
    expect(allowed(answers)).toBe(5)
    for (const { allowed, retryAfterMs } of answers) {
      if (allowed) expect(retryAfterMs).toBe(0)
      else expect(retryAfterMs).toBeGreaterThan(0)
    }
    expect(Math.max(...answers.map(({ retryAfterMs }) => retryAfterMs))).toBeLessThanOrEqual(60_000)
  })

  test('requests are allowed again after the window, whatever was tried meanwhile', async () => {
    const user = await newUser()
    for (let n = 0; n < 12; n++) await DataService.consumeRateLimit(user, 'window', FIVE)
    expect((await DataService.consumeRateLimit(user, 'window', FIVE)).allowed).toBe(false)
    advanceClock(61_000)
    const answers = []
    for (let n = 0; n < 6; n++)
      answers.push(await DataService.consumeRateLimit(user, 'window', FIVE))
    expect(allowed(answers)).toBe(5)
  })

  test('each user and each action is counted separately', async () => {
    const [one, two] = [await newUser(), await newUser()]
    const single = { limit: 1, windowMs: 60_000 }
    const answers = [
      await DataService.consumeRateLimit(one, 'a', single),
      await DataService.consumeRateLimit(one, 'b', single),
      await DataService.consumeRateLimit(two, 'a', single),
      await DataService.consumeRateLimit(app, 'a', single)
    ]
    expect(allowed(answers)).toBe(4)
    expect((await DataService.consumeRateLimit(one, 'a', single)).allowed).toBe(false)
  })
})

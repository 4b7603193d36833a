/** The stream that keeps open pages current, as its route serves it. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createEventStream } from '@/app/_lib/event-stream'
import type { UserActor } from '@/lib/domain/users/actor'
import { PangeaService } from '@/lib/services'
import { userActor } from '@/tests/support/actors'
import { openWorld, type World } from '@/tests/support/world'

const MINUTE = 60_000

let world: World
beforeAll(async () => {
  world = await openWorld()
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
const leaves: (() => void)[] = []
afterEach(async () => {
  for (const leave of leaves.splice(0)) leave()
  await fetch(`${world.clerk.url}/_sandbox/faults`, { method: 'DELETE' })
})
afterAll(async () => {
  vi.useRealTimers()
  await world.close()
})

let users = 0
async function signedIn(): Promise<UserActor> {
  const email = `live${++users}+clerk_test@example.com`
  const session = await world.control('clerk', '/sign-in', {
    email,
    password: 'correct horse battery',
    origin: process.env.APP_URL
  })
  const { userId, sessionId } = session as { userId: string; sessionId: string }
  return userActor(userId, sessionId)
}

/** A browser that reads until the server ends the stream, or disconnects. */
function listen(user: UserActor) {
  const away = new AbortController()
  const { body } = createEventStream(
    user,
    new Request('http://localhost/api/v1/events', { signal: away.signal })
  )
  let text = ''
  let over = false
  const read = async () => {
    for await (const chunk of body ?? []) text += new TextDecoder().decode(chunk)
    over = true
  }
  void read()
  leaves.push(() => away.abort())
  return {
    changes: () => text.split('event: change').length - 1,
    text: () => text,
    isOver: () => over,
    leave: () => away.abort()
  }
}

/** A change that is stored and shown on a page. */
const commit = (user: UserActor) =>
  PangeaService.savePreferences(user, { timeZone: 'Europe/Lisbon' })
const soon = { timeout: 5_000 }

/** Runs the change poller's interval. */
const lookedAt = <T>(read: () => T) =>
  expect.poll(() => {
    vi.advanceTimersByTime(500)
    return read()
  }, soon)

describe('the change stream', () => {
  test('sends the current version at once and each commit after, to its own user in every browser and to no other user', async () => {
    const [ada, eve] = [await signedIn(), await signedIn()]
    const [here, there, elsewhere] = [listen(ada), listen(ada), listen(eve)]
    await expect
      .poll(() => [here, there, elsewhere].map((one) => one.changes()), soon)
      .toEqual([1, 1, 1])
    await commit(ada)
    await lookedAt(() => [here, there].map((one) => one.changes())).toEqual([2, 2])
    expect(elsewhere.changes()).toBe(1)
    await commit(eve)
    await lookedAt(() => elsewhere.changes()).toBe(2)
    expect([here, there].map((one) => one.changes())).toEqual([2, 2])
  })

  test('sends a heartbeat four times a minute, so that no proxy closes it', async () => {
    const here = listen(await signedIn())
    for (let n = 0; n < 4; n++) vi.advanceTimersByTime(MINUTE / 4)
    await expect.poll(() => here.text().split(': still here').length - 1, soon).toBe(4)
  })

  test('ends within a minute of the session, and stays while Clerk does not respond', async () => {
    const ada = await signedIn()
    const here = listen(ada)
    const asked = async () =>
      (
        await world.storage.rows(
          `select 1 from vendor_events where user_id = $1 and method = 'sessions.get'`,
          [ada.userId]
        )
      ).length
    await world.control('clerk', '/faults', { path: '/v1/sessions', kind: '503' })
    vi.advanceTimersByTime(MINUTE)
    await expect.poll(asked, { timeout: 10_000 }).toBe(1)
    await fetch(`${world.clerk.url}/_sandbox/faults`, { method: 'DELETE' })
    await commit(ada)
    await lookedAt(() => here.changes()).toBeGreaterThan(1)
    expect(here.isOver()).toBe(false)
    await world.control('clerk', `/users/${ada.userId}/revoke`, {})
    vi.advanceTimersByTime(MINUTE)
    await expect.poll(() => here.isOver(), { timeout: 10_000 }).toBe(true)
  })

  test('needs no timer after the last listener left', async () => {
    const last = listen(await signedIn())
    expect(vi.getTimerCount()).toBeGreaterThan(0)
    last.leave()
    await expect.poll(() => last.isOver(), soon).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  // The last one, because a server that stops does not come back.
  test('ends when the server stops, also if it is opened afterwards', async () => {
    const [here, there] = [listen(await signedIn()), listen(await signedIn())]
    PangeaService.closeStreams()
    await expect.poll(() => [here.isOver(), there.isOver()], soon).toEqual([true, true])
    const late = listen(await signedIn())
    await expect.poll(() => late.isOver(), soon).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })
})

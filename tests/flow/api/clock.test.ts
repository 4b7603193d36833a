import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { AuthService } from '@/lib/services'
import { resetSingletons, withEnvironment } from '@/tests/support/environment'
import { captureLogs } from '@/tests/support/leaks'
import { KEYS, openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function freshToken(): Promise<Headers> {
  const { userId } = await world.createUser()
  const headers = {
    authorization: `Bearer ${KEYS.clerkSecret}`,
    'content-type': 'application/json'
  }
  const post = async (path: string, body: object) =>
    (await (
      await fetch(`${world.clerk.url}/v1${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body)
      })
    ).json()) as Record<string, string>
  const { id } = await post('/sessions', { user_id: userId })
  return new Headers({ authorization: `Bearer ${(await post(`/sessions/${id}/tokens`, {})).jwt}` })
}

test('a server whose clock is 90 s ahead refuses fresh tokens and logs why, once a minute', async () => {
  const token = await freshToken()
  const logged = captureLogs()
  expect(await AuthService.authenticateUser(token)).not.toBeNull()
  const right = new Date()
  let asked = 0
  const vendor = createServer((_, response) => {
    asked++
    response.setHeader('date', right.toUTCString())
    response.end()
  })
  await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve))
  vi.useFakeTimers({ toFake: ['Date'], now: right.getTime() + 90_000 })
  try {
    await withEnvironment(
      { CLERK_API_URL: `http://127.0.0.1:${(vendor.address() as AddressInfo).port}` },
      async () => {
        for (let n = 0; n < 3; n++) expect(await AuthService.authenticateUser(token)).toBeNull()
        await vi.waitFor(() => expect(logged()).toContain('clerk.clock_skew'), { timeout: 5_000 })
      }
    )
  } finally {
    vi.useRealTimers()
    vendor.close()
    resetSingletons('log')
  }
  expect(asked).toBe(1)
})

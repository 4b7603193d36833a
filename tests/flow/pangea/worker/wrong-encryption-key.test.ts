import { afterAll, beforeAll, expect, test } from 'vitest'
import { serializeConnection } from '@/app/_lib/serializers/resources'
import { GET } from '@/app/api/health/ready/route'
import { connectionStatus } from '@/components/connections/connection-status'
import { textIn } from '@/lib/domain/text/catalogs'
import type { UserActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { DataService } from '@/lib/services'
import { reconcile } from '@/lib/services/pangea/worker/reconcile'
import { linkedUser } from '@/tests/support/connections'
import { resetSingletons, withEnvironment } from '@/tests/support/environment'
import { captureLogs } from '@/tests/support/leaks'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(async () => {
  resetSingletons('log')
  await world.close()
})

const key = (id: string, fill: number) => ({
  ENCRYPTION_KEYS: `${id}:${Buffer.alloc(32, fill).toString('base64')}`
})
const shown = async (user: UserActor) =>
  (await DataService.listConnections(user)).map(
    (connection) => connectionStatus(serializeConnection(connection), textIn('en')).label
  )
const readiness = async () =>
  (
    await GET(
      new Request('http://localhost/api/health/ready', {
        headers: { authorization: `Bearer ${env().cronSecret}` }
      }),
      { params: Promise.resolve({}) }
    )
  ).json()

async function sweepLater(): Promise<void> {
  advanceClock(7 * 3_600_000)
  await reconcile()
  await world.settle()
}

test('with a wrong or missing encryption key no bank is shown as healthy, the log and readiness explain why, and the right key repairs it', async () => {
  const users = [(await linkedUser(world)).user, (await linkedUser(world)).user]
  const all = async () => (await Promise.all(users.map(shown))).flat()
  expect([await all(), await readiness()]).toMatchObject([
    ['Up to date', 'Up to date'],
    { encryption: 'ok' }
  ])
  for (const wrong of [key('test', 8), key('other', 7)])
    await withEnvironment(wrong, async () => {
      const logged = captureLogs()
      expect(await readiness()).toMatchObject({ ok: true, encryption: 'key_wrong' })
      expect(logged()).toContain('"encryption.wrong_key"')
      await sweepLater()
      expect(await all()).toEqual(['Problem on our side', 'Problem on our side'])
    })
  await sweepLater()
  expect([await all(), await readiness()]).toMatchObject([
    ['Up to date', 'Up to date'],
    { encryption: 'ok' }
  ])
})

import { generateKeyPairSync } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sha256 } from '@/lib/platform/crypto'
import { linkedUser } from '@/tests/support/connections'
import { resetSingletons } from '@/tests/support/environment'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** A webhook that is valid except for its key. @returns the response. */
async function forge(kid: string): Promise<number> {
  const body = JSON.stringify({
    webhook_type: 'TRANSACTIONS',
    webhook_code: 'SYNC_UPDATES_AVAILABLE',
    item_id: 'unknown-item'
  })
  const token = await new SignJWT({ request_body_sha256: sha256(body) })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setIssuedAt()
    .sign(privateKey)
  return (
    await fetch(`${process.env.APP_URL}/api/webhooks/plaid`, {
      method: 'POST',
      headers: { 'plaid-verification': token },
      body
    })
  ).status
}
const forgeMany = (name: string) =>
  Promise.all(Array.from({ length: 35 }, (_, n) => forge(`${name}-${n}`)))
const answers = () =>
  world.plaid.deliveries.list().map(({ attempts }) => attempts.map(({ status }) => status))

test('forged webhooks with invented keys delay no genuine one, even in a process without any key', async () => {
  const { itemId } = await linkedUser(world)
  resetSingletons('plaid.webhook-keys')
  expect(new Set(await forgeMany('before'))).toEqual(new Set([401, 429]))
  const before = answers().length
  await Promise.all([
    forgeMany('beside'),
    world.control('plaid', `/items/${itemId}/fire/SYNC_UPDATES_AVAILABLE`, {})
  ])
  await world.settle()
  expect(answers().slice(0, answers().length - before)).toEqual([[200]])
})

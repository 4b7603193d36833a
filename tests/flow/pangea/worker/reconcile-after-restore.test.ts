import { afterAll, beforeAll, expect, test } from 'vitest'
import { PangeaService } from '@/lib/services'
import { ensureUser } from '@/lib/services/data/users/users'
import { KEYS, openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const USERS = 12

/** Users that Clerk deletes without telling us, as after a restored dump. */
async function createLostUsers(): Promise<string[]> {
  await world.control('clerk', '/deliveries/mode', { drop: true })
  const ids: string[] = []
  for (let n = 0; n < USERS; n++) {
    const user = await world.createUser()
    await ensureUser(user)
    ids.push(user.userId)
    await fetch(`${world.clerk.url}/v1/users/${user.userId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${KEYS.clerkSecret}` }
    })
  }
  return ids
}

const stored = async (ids: string[]) =>
  (await world.storage.rows<{ id: string }>('select id from users where id = any($1)', [ids]))
    .length

test('users whom Clerk does not know are deleted only if they are few, or as many as expected', async () => {
  const lost = await createLostUsers()
  const held = await PangeaService.reconcileAfterRestore()
  await world.settle()
  expect(held).toMatchObject({ deletions: 0, heldBack: USERS, failed: [] })
  expect(await stored(lost)).toBe(USERS)

  const [named = ''] = lost
  expect(await PangeaService.reconcileAfterRestore({ deleted: [named] })).toMatchObject({
    deletions: 1,
    heldBack: USERS
  })
  const expected = await PangeaService.reconcileAfterRestore({ maxDeletions: USERS })
  await world.settle()
  expect(expected).toMatchObject({ heldBack: 0, failed: [] })
  expect(await stored(lost)).toBe(0)
})

import { reverificationError } from '@clerk/nextjs/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { POST as reveal } from '@/app/api/v1/account/portals/route'
import { PATCH as change } from '@/app/api/v1/account/route'
import { AuthService, PangeaService } from '@/lib/services'
import { KEYS, openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function backend(path: string, body: object): Promise<Record<string, string>> {
  const headers = { authorization: `Bearer ${KEYS.clerkSecret}`, 'content-type': 'application/json' }
  return (await (await fetch(`${world.clerk.url}/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()) as Record<string, string>
}
/** Somebody with a session of this moment, and tokens of it as another program gets them. */
async function signedIn() {
  const { userId } = await world.person()
  const { id } = await backend('/sessions', { user_id: userId })
  const token = async (more: object = {}) => ({ authorization: `Bearer ${(await backend(`/sessions/${id}/tokens`, more)).jwt}` })
  return { userId, token, age: () => world.control('clerk', `/users/${userId}/age-proof`, {}) }
}
const send = (handler: typeof reveal, headers: Record<string, string>, body: object = {}) =>
  handler(
    new Request('http://localhost:3000/api/v1/account', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body)
    }),
    {
      params: Promise.resolve({})
    }
  )

test('whoever signed in just now passes, and whoever did so eleven minutes ago is asked again, in Clerk’s documented shape', async () => {
  const { token, age } = await signedIn()
  expect((await send(reveal, await token())).status, 'no account, but let through').toBe(404)
  expect((await send(change, await token(), { strategy: 'UST-13W' })).status).toBe(404)
  await age()
  for (const handler of [reveal, change]) {
    const refused = await send(handler, await token(), { strategy: 'UST-13W' })
    expect(refused.status).toBe(403)
    expect(await refused.json()).toEqual({
      error: { code: 'reverification_required', message: 'Confirm that it is you, then try again.', reference: expect.any(String) },
      ...reverificationError('strict')
    })
  }
})

test('the proof is read from the token that the request carries', async () => {
  const { userId, token } = await signedIn()
  const person = await AuthService.authenticateUser(new Headers(await token({ expires_in_seconds: 3_600 })))
  expect(person).toMatchObject({ userId, proof: { first: 0, second: null } })
})

test('nobody without a proof learns whether there is an account', async () => {
  const { userId } = await world.person()
  await expect(PangeaService.revealAccountNumbers({ kind: 'person', userId })).rejects.toMatchObject({ code: 'reverification_required' })
})

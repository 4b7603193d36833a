import { afterAll, beforeAll, expect, test } from 'vitest'
import { PATCH as choose } from '@/app/api/v1/preferences/route'
import { KEYS, openWorld, type World } from '@/tests/support/world'

let world: World
let cookie = ''
let token = ''
beforeAll(async () => {
  world = await openWorld()
  const origin = process.env.APP_URL
  const signIn = (await world.control('clerk', '/sign-in', {
    email: 'cookie+clerk_test@example.com',
    origin
  })) as {
    sessionId: string
    cookies: { name: string; value: string }[]
  }
  cookie = signIn.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const headers = {
    authorization: `Bearer ${KEYS.clerkSecret}`,
    'content-type': 'application/json'
  }
  const minted = await fetch(`${world.clerk.url}/v1/sessions/${signIn.sessionId}/tokens`, {
    method: 'POST',
    headers,
    body: '{}'
  })
  token = ((await minted.json()) as { jwt: string }).jwt
})
afterAll(() => world.close())

const send = async (headers: Record<string, string>) => {
  const request = new Request('http://localhost:3000/api/v1/preferences', {
    method: 'PATCH',
    headers,
    body: '{"theme":"dark"}'
  })
  return (await choose(request, { params: Promise.resolve({}) })).status
}
const ownPage = () => ({ origin: process.env.APP_URL ?? '', 'content-type': 'application/json' })

const NOT_BEARER = [
  'Basic c3RhZ2luZzpzZWNyZXQ=',
  'Digest username="staging"',
  '',
  'Bearer',
  'Bearer ',
  'Bearer a b',
  'Basic eA==, Bearer x',
  'token',
  'Negotiate YII='
]

test.each(NOT_BEARER)(
  'a cookie with `Authorization: %s` can write only from our own pages, as JSON',
  async (authorization) => {
    const evil = 'https://evil.example'
    expect(
      await send({ cookie, authorization, origin: evil, 'content-type': 'application/json' }),
      'another origin'
    ).toBe(403)
    expect(
      await send({ cookie, authorization, 'content-type': 'application/json' }),
      'no origin'
    ).toBe(403)
    expect(
      await send({ cookie, authorization, ...ownPage(), 'content-type': 'text/plain' }),
      'a plain form'
    ).toBe(415)
    expect(await send({ cookie, authorization, ...ownPage() }), 'our own page').toBe(200)
  }
)

test('a token without Bearer, or in another scheme, is no credential', async () => {
  for (const scheme of ['', 'Basic ', 'Token ']) {
    const authorization = `${scheme}${token}`
    expect(await send({ authorization, 'content-type': 'application/json' }), scheme).toBe(401)
    expect(
      await send({
        authorization,
        cookie,
        origin: 'https://evil.example',
        'content-type': 'application/json'
      })
    ).toBe(403)
  }
})

test('a bearer token needs no origin, and a wrong one does not fall back to the cookie', async () => {
  expect(await send({ authorization: `Bearer ${token}`, 'content-type': 'application/json' })).toBe(
    200
  )
  expect(await send({ authorization: `bearer ${token}`, 'content-type': 'application/json' })).toBe(
    200
  )
  expect(await send({ authorization: 'Bearer wrong', cookie, ...ownPage() })).toBe(401)
})

import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { verifyWebhook } from '@clerk/backend/webhooks'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { beginSignUp, openBrowser, signUp } from '@/tests/contract/clerk/browser'
import { freshEmail, PASSWORD, startEmulator, targetOf } from '@/tests/contract/clerk/target'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
async function started(overrides: Parameters<typeof startEmulator>[0] = {}) {
  const sandbox = await startEmulator(overrides)
  closing.push(() => sandbox.close())
  return { sandbox, target: targetOf(sandbox) }
}

test('the handshake redirects only to the app, and its nonce works once', async () => {
  const { sandbox, target } = await started()
  const go = (url: string) =>
    fetch(
      `${sandbox.url}/v1/client/handshake?format=nonce&redirect_url=${encodeURIComponent(url)}`,
      { redirect: 'manual' }
    )
  for (const url of [
    'https://evil.example/',
    'https://app.example.com.evil.example/',
    'http://localhost.evil.example/',
    'javascript:alert(1)',
    ''
  ])
    expect((await go(url)).status, url).toBe(400)
  expect((await go('https://app.example.com/x')).status).toBe(307)
  const location = new URL(
    (await go('http://127.0.0.1:3000/dashboard?a=1')).headers.get('location') ?? ''
  )
  expect(`${location.origin}${location.pathname}`).toBe('http://127.0.0.1:3000/dashboard')
  const nonce = location.searchParams.get('__clerk_handshake_nonce') ?? ''
  const { directives } = await target.client.clients.getHandshakePayload({ nonce })
  expect(directives.filter((d) => d.startsWith('__clerk_db_jwt=dvb_'))).toHaveLength(1)
  await expect(target.client.clients.getHandshakePayload({ nonce })).rejects.toMatchObject({
    status: 404
  })
})

test('a handshake without a dev browser in its URL keeps the one of the cookie', async () => {
  const { sandbox, target } = await started()
  const browser = await openBrowser(target)
  await signUp(browser, freshEmail())
  const handshake = async (cookie: string) => {
    const page = encodeURIComponent('http://localhost:3000/')
    const { headers } = await fetch(`${sandbox.url}/v1/client/handshake?redirect_url=${page}`, {
      redirect: 'manual',
      headers: { cookie }
    })
    const token = new URL(headers.get('location') ?? '').searchParams.get('__clerk_handshake')
    return Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString()
  }
  const unknown = await handshake('__clerk_db_jwt=dvb_unknown')
  expect(unknown).toContain('__client_uat=0;')
  const [suffixed = ''] = /__clerk_db_jwt_\w+/.exec(unknown) ?? []
  for (const name of ['__clerk_db_jwt', suffixed]) {
    const directives = await handshake(`${name}=${browser.devBrowser}`)
    expect(directives).toContain(`__clerk_db_jwt=${browser.devBrowser};`)
    expect(directives).not.toContain('__client_uat=0;')
  }
})

test('every event verifies with the SDK and contains no password, and a forged one fails', async () => {
  const received: Request[] = []
  const receiver = createServer(async (incoming, answer) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
    received.push(
      new Request('http://app/', {
        method: 'POST',
        headers: Object.entries(incoming.headers).map(([k, v]): [string, string] => [k, String(v)]),
        body: Buffer.concat(chunks)
      })
    )
    answer.end()
  }).listen(0, '127.0.0.1')
  await new Promise((done) => receiver.once('listening', done))
  closing.push(() => receiver.close())
  const signingSecret = `whsec_${btoa('a webhook secret of the sandbox')}`
  const { sandbox, target } = await started({
    webhook: {
      url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
      secret: signingSecret
    }
  })
  const browser = await openBrowser(target)
  const { userId } = await signUp(browser, freshEmail())
  await target.client.users.updateUserMetadata(userId, { privateMetadata: { note: 'x' } })
  await target.client.users.deleteUser(userId)
  await expect.poll(() => received.length).toBe(5)
  const events = await Promise.all(
    received.map(async (request) => verifyWebhook(request.clone(), { signingSecret }))
  )
  expect(events.map((e) => e.type).sort()).toEqual([
    'session.created',
    'session.removed',
    'user.created',
    'user.deleted',
    'user.updated'
  ])
  expect(events.find((e) => e.type === 'user.deleted')?.data).toEqual({
    id: userId,
    object: 'user',
    deleted: true
  })
  expect(events.find((e) => e.type === 'user.updated')?.data).toMatchObject({
    id: userId,
    private_metadata: { note: 'x' }
  })
  expect(
    JSON.stringify([events, await (await fetch(`${sandbox.url}/_sandbox/ledger`)).json()])
  ).not.toContain(PASSWORD)
  const forged = new Request('http://app/', {
    method: 'POST',
    headers: received[0]?.headers,
    body: '{"type":"user.deleted"}'
  })
  await expect(verifyWebhook(forged, { signingSecret })).rejects.toThrow()
})

test('private metadata never reaches the browser', async () => {
  const { target } = await started()
  const browser = await openBrowser(target)
  const { userId } = await signUp(browser, freshEmail())
  await target.client.users.updateUserMetadata(userId, {
    privateMetadata: { risk: 'a-private-note' }
  })
  for (const path of ['/me', '/client'])
    expect(JSON.stringify((await browser.call('GET', path)).body)).not.toContain('a-private-note')
})

test('a test signs in without a form, and the cookies match a real browser’s', async () => {
  const { sandbox, target } = await started()
  const answer = await fetch(`${sandbox.url}/_sandbox/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: freshEmail(), origin: 'http://localhost:3000' })
  })
  const { userId, cookies } = z
    .object({
      userId: z.string(),
      cookies: z.array(z.object({ name: z.string(), value: z.string() }))
    })
    .parse(await answer.json())
  const cookie = cookies.map((c) => `${c.name}=${c.value}`).join('; ')
  const request = new Request('http://localhost:3000/', {
    headers: { cookie, accept: 'text/html', 'sec-fetch-dest': 'document' }
  })
  const state = await target.client.authenticateRequest(request, {
    authorizedParties: ['http://localhost:3000']
  })
  expect(state.toAuth()).toMatchObject({ userId })
  const devBrowser = cookies.find((c) => c.name === '__clerk_db_jwt')?.value
  expect(
    await (await fetch(`${sandbox.url}/v1/client?__clerk_db_jwt=${devBrowser}`)).text()
  ).toContain(userId)
})

test('a banned user is signed out and cannot sign in', async () => {
  const { target } = await started()
  const browser = await openBrowser(target)
  const email = freshEmail()
  const { userId, sessionId } = await signUp(browser, email)
  await target.client.users.banUser(userId)
  expect((await browser.call('POST', `/client/sessions/${sessionId}/tokens`)).status).toBe(401)
  expect(
    await browser.call('POST', '/client/sign_ins', { identifier: email, password: PASSWORD })
  ).toMatchObject({ status: 403, error: 'user_banned' })
})

test('injected faults respond in the vendor’s error envelope', async () => {
  const { sandbox, target } = await started()
  await fetch(`${sandbox.url}/_sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify({ path: '/v1/users', kind: '429', times: 1 })
  })
  await expect(target.client.users.getCount()).rejects.toMatchObject({
    status: 429,
    errors: [{ code: 'too_many_requests' }]
  })
  expect(await target.client.users.getCount()).toBe(0)
})

test('after a reset no user gets the id of an earlier user', async () => {
  const { sandbox, target } = await started()
  const before = await target.client.users.createUser({
    emailAddress: ['first@example.com'],
    password: PASSWORD
  })
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' })
  const after = await target.client.users.createUser({
    emailAddress: ['second@example.com'],
    password: PASSWORD
  })
  expect(after.id).not.toBe(before.id)
})

/** Posts a form whose body follows after `meanwhile`. @returns the response's status. */
function postSlowly(url: string, form: string, meanwhile: () => Promise<unknown>) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', expect: '100-continue' }
  return new Promise<number | undefined>((resolve, reject) => {
    const sending = request(url, { method: 'POST', headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    sending.once('error', reject)
    // The server has received the head.
    sending.once('continue', () => meanwhile().then(() => sending.end(form), reject))
    sending.flushHeaders()
  })
}

test('two first requests of a browser at once have one client, so that neither loses its sign-up', async () => {
  const { sandbox, target } = await started()
  const browser = await openBrowser(target)
  const form = new URLSearchParams({ email_address: freshEmail(), password: PASSWORD }).toString()
  const url = `${sandbox.url}/v1/client/sign_ups?__clerk_db_jwt=${browser.devBrowser}`
  let path = ''
  const status = await postSlowly(url, form, async () => {
    path = await beginSignUp(browser, freshEmail())
  })
  expect(status).toBe(200)
  const answer = { strategy: 'email_code', code: '424242' }
  const verified = await browser.call('POST', `${path}/attempt_verification`, answer)
  expect(verified.error).toBeUndefined()
})

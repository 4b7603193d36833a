import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { beginSignUp, openBrowser, signUp } from '@/tests/contract/clerk/browser'
import { freshEmail, SANDBOX_KEYS, startEmulator, targetOf } from '@/tests/contract/clerk/target'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
async function started(overrides: Parameters<typeof startEmulator>[0] = {}) {
  const sandbox = await startEmulator(overrides)
  closing.push(() => sandbox.close())
  return { sandbox, target: targetOf(sandbox) }
}
const proxied = {
  'clerk-proxy-url': 'http://localhost:3000/__clerk',
  authorization: `Bearer ${SANDBOX_KEYS.secretKey}`
}

test('the Backend API and the control plane do not respond through the app’s proxy', async () => {
  const { sandbox } = await started()
  for (const path of [
    '/_sandbox/inbox',
    '/_sandbox/ledger',
    '/_sandbox/reset',
    '/v1/users',
    '/v1/users/count',
    '/v1/sessions',
    '/v1/jwks',
    '/v1/testing_tokens'
  ]) {
    expect((await fetch(sandbox.url + path, { headers: proxied })).status, path).toBe(404)
    expect(
      (await fetch(sandbox.url + path, { method: 'POST', headers: proxied })).status,
      path
    ).toBe(404)
  }
  expect((await fetch(`${sandbox.url}/v1/environment`, { headers: proxied })).status).toBe(200)
})

test('through the app’s proxy, the browser gets its sign-in cookie for that host only', async () => {
  const { sandbox, target } = await started()
  const browser = await openBrowser(target)
  const uat = async (headers: Record<string, string>) => {
    const answer = await fetch(`${sandbox.url}/v1/client?__clerk_db_jwt=${browser.devBrowser}`, {
      headers
    })
    return answer.headers.getSetCookie().filter((cookie) => /^__client_uat(_\w|=)/.test(cookie))
  }
  expect(await uat(proxied)).toEqual([
    expect.stringMatching(/^__client_uat=0; Path=\/;/),
    expect.stringMatching(/^__client_uat_[\w-]{8}=0; Path=\/;/)
  ])
  await signUp(browser, freshEmail())
  const cookies = await uat(proxied)
  for (const cookie of cookies) expect(cookie).toMatch(/=\d{10}; Path=\/;/)
  expect(cookies.join()).not.toMatch(/domain/i)
  expect(await uat({})).toEqual([])
})

test('the vendor’s bundles are served, and no path leaves their folder', async () => {
  const { sandbox } = await started()
  for (const name of ['clerk-js@6/dist/clerk.browser.js', 'ui@1/dist/ui.browser.js']) {
    const bundle = await fetch(`${sandbox.url}/npm/@clerk/${name}`)
    expect([bundle.status, bundle.headers.get('content-type')]).toEqual([
      200,
      'text/javascript; charset=utf-8'
    ])
  }
  for (const path of [
    '..%2fpackage.json',
    '..%2f..%2f..%2f..%2fpackage.json',
    '%2e%2e%2fpackage.json',
    '....//package.json',
    '%00',
    '.'
  ])
    expect((await fetch(`${sandbox.url}/npm/@clerk/clerk-js@6/dist/${path}`)).status, path).toBe(
      404
    )
})

test('users, sessions, dev browsers and the signing key survive a restart', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'clerk-'))
  closing.push(() => rmSync(dataDir, { recursive: true, force: true }))
  const first = await started({ dataDir })
  const browser = await openBrowser(first.target)
  const { userId, sessionId } = await signUp(browser, freshEmail())
  const before = await browser.call('POST', `/client/sessions/${sessionId}/tokens`)
  const { target } = await started({ dataDir, port: 0 })
  const again = await openBrowser(target)
  const url = `${target.frontendUrl}/v1/client/sessions/${sessionId}/tokens?__clerk_db_jwt=${browser.devBrowser}`
  expect((await fetch(url, { method: 'POST' })).status).toBe(200)
  expect(
    (await again.call('POST', `/client/sessions/${sessionId}/tokens`)).status,
    'another browser'
  ).toBe(401)
  const request = new Request('http://localhost:3000/', {
    headers: { authorization: `Bearer ${before.body.jwt}` }
  })
  expect((await target.client.authenticateRequest(request)).toAuth()).toMatchObject({ userId })
})

test('users and sessions stored before phones and second factors existed still work', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'clerk-'))
  closing.push(() => rmSync(dataDir, { recursive: true, force: true }))
  const first = await started({ dataDir })
  const { userId, sessionId } = await signUp(await openBrowser(first.target), freshEmail())
  await first.sandbox.close()
  for (const file of readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(user|sess)_.*\.json$/.test(name)
  )) {
    const {
      phones: _,
      primaryPhoneId: __,
      totp: ___,
      backupCodes: ____,
      firstFactorAt: _____,
      ...old
    } = JSON.parse(readFileSync(join(dataDir, file), 'utf8'))
    writeFileSync(join(dataDir, file), JSON.stringify(old))
  }
  const { target } = await started({ dataDir, port: 0 })
  expect(await target.client.users.getUser(userId)).toMatchObject({
    phoneNumbers: [],
    totpEnabled: false
  })
  const { jwt } = await target.client.sessions.getToken(sessionId)
  expect(JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
    fva: [0, -1]
  })
})

test('the fourth wrong code ends the attempt, and a new code reopens it', async () => {
  const { target } = await started()
  const browser = await openBrowser(target)
  const path = await beginSignUp(browser, freshEmail())
  const attempt = (code: string) =>
    browser.call('POST', `${path}/attempt_verification`, { strategy: 'email_code', code })
  for (const _ of [1, 2, 3]) expect((await attempt('000000')).error).toBe('form_code_incorrect')
  expect((await attempt('000000')).error).toBe('verification_failed')
  expect((await attempt('424242')).error, 'even the right one').toBe('verification_failed')
  await browser.call('POST', `${path}/prepare_verification`, { strategy: 'email_code' })
  expect((await attempt('424242')).body.response?.status).toBe('complete')
})

test('a code expires after ten minutes', async () => {
  const { sandbox, target } = await started()
  const browser = await openBrowser(target)
  const path = await beginSignUp(browser, freshEmail())
  await fetch(`${sandbox.url}/_sandbox/clock`, {
    method: 'POST',
    body: JSON.stringify({ advance: 601_000 })
  })
  expect(
    await browser.call('POST', `${path}/attempt_verification`, {
      strategy: 'email_code',
      code: '424242'
    })
  ).toMatchObject({
    status: 400,
    error: 'verification_expired'
  })
})

test('an ordinary address gets its code through the inbox, shown on the console', async () => {
  const { sandbox, target } = await started()
  const browser = await openBrowser(target)
  const path = await beginSignUp(browser, 'ordinary@example.com')
  const [mail] = z
    .array(z.object({ to: z.string(), code: z.string().regex(/^\d{6}$/) }))
    .parse(await (await fetch(`${sandbox.url}/_sandbox/inbox`)).json())
  expect(mail?.to).toBe('ordinary@example.com')
  expect(await (await fetch(`${sandbox.url}/_sandbox/console`)).text()).toContain(
    `code ${mail?.code}`
  )
  const done = await browser.call('POST', `${path}/attempt_verification`, {
    strategy: 'email_code',
    code: mail?.code ?? ''
  })
  expect(done.body.response?.status).toBe('complete')
})

test('a signed-in browser cannot start a second session', async () => {
  const { target } = await started()
  const browser = await openBrowser(target)
  await signUp(browser, freshEmail())
  expect(
    await browser.call('POST', '/client/sign_ins', { identifier: freshEmail() })
  ).toMatchObject({ status: 400, error: 'session_exists' })
})

test('an unknown dev browser is refused', async () => {
  const { sandbox } = await started()
  const answer = await fetch(`${sandbox.url}/v1/client?__clerk_db_jwt=dvb_unknown`)
  expect([answer.status, await answer.text()]).toEqual([
    401,
    expect.stringContaining('dev_browser_unauthenticated')
  ])
})

test('a page of this machine may call the Frontend API without a proxy, a page elsewhere may not', async () => {
  const { sandbox } = await started()
  const preflight = async (path: string, origin: string) => {
    const response = await fetch(sandbox.url + path, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' }
    })
    const { headers } = response
    return [
      headers.get('access-control-allow-origin'),
      headers.get('access-control-allow-credentials')
    ]
  }
  const here = 'http://localhost:5173'
  expect(await preflight('/v1/client/sign_ins', here)).toEqual([here, 'true'])
  const read = await fetch(`${sandbox.url}/v1/environment`, { headers: { origin: here } })
  expect(read.headers.get('access-control-allow-origin')).toBe(here)
  for (const other of ['https://evil.example', 'http://localhost.evil.example', 'null'])
    expect((await preflight('/v1/client/sign_ins', other))[0], other).toBeNull()
  expect((await preflight('/v1/users', here))[0], 'the Backend API').toBeNull()
  const behind = await fetch(`${sandbox.url}/v1/environment`, {
    headers: { ...proxied, origin: here }
  })
  expect(behind.headers.get('access-control-allow-origin')).toBeNull()
})

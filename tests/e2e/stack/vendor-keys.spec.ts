import { createServer, type IncomingMessage, type Server } from 'node:http'
import { callApi, clientOf } from '@/tests/e2e/support/api'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { type OwnStack, startOwnStack } from '@/tests/e2e/support/own-stack'
import { switchStack } from '@/tests/e2e/support/stack'
import { createTestUser } from '@/tests/e2e/support/users'

test.describe.configure({ timeout: 180_000 })

type Seen = { path: string; headers: IncomingMessage['headers']; body: Record<string, unknown> }

/** A fake Plaid that records requests and returns Link tokens. */
async function startRecorder(): Promise<{ url: string; seen: Seen[]; server: Server }> {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    seen.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(body || '{}') })
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        link_token: 'link-sandbox-recorded',
        expiration: new Date(Date.now() + 1_800_000).toISOString(),
        request_id: 'recorded'
      })
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    seen,
    server
  }
}

test('@long Plaid’s keys switch only Plaid: its emulator is not started, calls go to the configured URL, the other three still run', async () => {
  const recorder = await startRecorder()
  let own: OwnStack | undefined
  let back = () => {}
  try {
    own = await startOwnStack(
      {
        PLAID_CLIENT_ID: 'own-client',
        PLAID_SECRET: 'own-secret',
        PLAID_BASE_URL: recorder.url
      },
      3_700
    )
    back = switchStack(own.stack)
    expect(own.output()).toContain('starting the emulators (Clerk, Jiko, Xata, Mail)')
    expect(own.output()).toMatch(/Emulated\s+Clerk, Jiko, Xata;/)
    expect(own.output()).not.toContain('user_good')
    expect(await fetch(`${own.stack.plaidUrl}/_sandbox/health`).catch(() => 'unreachable')).toBe(
      'unreachable'
    )

    const user = await createTestUser()
    const link = await clientOf(user).postBankConnect()
    expect(link).toMatchObject({ linkToken: 'link-sandbox-recorded', linkScriptUrl: null })
    expect(recorder.seen).toHaveLength(1)
    const [request] = recorder.seen
    expect(request).toMatchObject({
      path: '/link/token/create',
      headers: { 'plaid-client-id': 'own-client', 'plaid-secret': 'own-secret' }
    })
    expect(request?.body).toMatchObject({ user: { client_user_id: user.userId } })
    expect((await callApi(user, 'GET', '/application/agreements')).status).toBe(200)
  } finally {
    back()
    await own?.stop()
    recorder.server.close()
  }
})

import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { POST as receive } from '@/app/api/webhooks/clerk/route'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
  // Nothing listens on port 9: the app opens its storage on first use, and fails.
  Object.assign(process.env, {
    DATABASE_URL: 'postgresql://nobody:nothing@127.0.0.1:9/away',
    XATA_TRANSPORT: 'tcp'
  })
})
afterAll(() => storage.close())

const signed = () => {
  const body = JSON.stringify({ type: 'user.created', data: { id: 'user_1' } })
  const timestamp = String(Math.floor(Date.now() / 1_000))
  const key = Buffer.from(
    (process.env.CLERK_WEBHOOK_SIGNING_SECRET ?? '').replace(/^whsec_/, ''),
    'base64'
  )
  const signature = createHmac('sha256', key).update(`msg_1.${timestamp}.${body}`).digest('base64')
  const headers = {
    'svix-id': 'msg_1',
    'svix-timestamp': timestamp,
    'svix-signature': `v1,${signature}`
  }
  return new Request('http://127.0.0.1/api/webhooks/clerk', { method: 'POST', headers, body })
}

test('without storage, a valid webhook gets 503, so that the vendor retries', async () => {
  const response = await receive(signed(), { params: Promise.resolve({}) })
  expect(response.status).toBe(503)
  expect(await response.json()).toMatchObject({
    error: { code: 'unavailable', message: expect.stringContaining('storage') }
  })
})

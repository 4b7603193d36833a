import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as BankingService from '@/lib/services/jiko'
import { configureJiko } from '@/tests/support/jiko'

const MEGABYTE = 1024 * 1024
const chunk = Buffer.alloc(MEGABYTE, '[')
let server: Server
let sent = 0

/** Never ends on its own: sends for as long as it is read. */
async function stream(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' })
  const closed = once(response, 'close')
  while (!response.destroyed) {
    sent += MEGABYTE
    if (!response.write(chunk)) await Promise.race([once(response, 'drain'), closed])
  }
}

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/api/v1/login/')
      response.end(
        JSON.stringify({ token: 'token', expires: new Date(Date.now() + 3_600_000).toISOString() })
      )
    else void stream(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  configureJiko(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
afterAll(() => server.close())

test('an endless Jiko response is cut off after 8 MB', async () => {
  // Retries do not wait.
  vi.spyOn(Math, 'random').mockReturnValue(0)
  const answer = BankingService.listAgreements({ userId: 'user' })
  await expect(answer).rejects.toMatchObject({ service: 'jiko', code: 'BAD_RESPONSE' })
  // Four attempts, each with the content of both sockets' buffers.
  expect(sent).toBeLessThan(4 * 24 * MEGABYTE)
})

import {
  createServer,
  get,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server
} from 'node:http'
import { type RequestOptions, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findNginx, type Nginx, startNginx } from '@/tests/delivery/support/nginx'

const binary = findNginx()

/** The app behind nginx; `/api/v1/events` sends one event and stays open. */
let app: Server
let received: { url?: string; headers: IncomingHttpHeaders; bytes: number }[] = []
let nginx: Nginx

beforeAll(async () => {
  if (!binary) return
  app = createServer(async (message, response) => {
    const bytes = Buffer.concat(await message.toArray()).length
    received.push({ url: message.url, headers: message.headers, bytes })
    if (message.url !== '/api/v1/events') return void response.end('ok')
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('event: change\n\n')
  })
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  nginx = await startNginx(binary, [(app.address() as AddressInfo).port])
})
afterAll(async () => {
  app?.closeAllConnections()
  app?.close()
  await nginx?.stop()
})

function send(options: RequestOptions, body?: Buffer): Promise<IncomingMessage> {
  received = []
  return new Promise((resolve, reject) => {
    const { httpsPort: port, certificate: ca } = nginx
    const sent = request(
      { host: '127.0.0.1', servername: 'localhost', port, ca, ...options },
      resolve
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

describe.runIf(binary)('the nginx site', () => {
  it.each([
    ['/connections?from=mail', 301, 'https://localhost/connections?from=mail'],
    ['/api/v1/accounts', 403, undefined],
    ['/__clerk/v1/client', 403, undefined]
  ])('answers %s over plain HTTP with %d', async (path, status, location) => {
    const { httpPort: port } = nginx
    const response = await new Promise<IncomingMessage>((resolve) =>
      get({ host: '127.0.0.1', port, path }, resolve)
    )
    expect(response.statusCode).toBe(status)
    expect(response.headers.location).toBe(location)
  })

  it.each([
    ['TLSv1.1', false],
    ['TLSv1.2', true],
    ['TLSv1.3', true]
  ] as const)('offers %s: %s', async (version, offered) => {
    const { httpsPort: port, certificate: ca } = nginx
    const reached = await new Promise<boolean>((resolve) => {
      const options = { host: '127.0.0.1', servername: 'localhost', port, ca }
      // Level 0 lets this client offer old versions at all.
      const limits = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' }
      const socket = connect({ ...options, ...limits }, () => {
        socket.end()
        resolve(true)
      })
      socket.on('error', () => resolve(false))
    })
    expect(reached).toBe(offered)
  })

  it.each([
    [4_000_000, 200],
    [5_500_000, 413]
  ])('answers an upload of %d bytes with %d', async (bytes, status) => {
    const response = await send({ method: 'POST', path: '/upload' }, Buffer.alloc(bytes))
    expect(response.statusCode).toBe(status)
    expect(received.map((each) => each.bytes)).toEqual(status === 200 ? [bytes] : [])
  })

  it('passes an event on while the stream is open', async () => {
    const response = await send({ path: '/api/v1/events' })
    const event = await new Promise<string>((resolve) =>
      response.once('data', (chunk) => resolve(String(chunk)))
    )
    expect(event).toBe('event: change\n\n')
    response.destroy()
  })

  it('forwards the address and protocol of the client, whatever it claims', async () => {
    await send({
      path: '/',
      headers: {
        host: 'bank.example',
        'x-forwarded-for': '203.0.113.9',
        'x-forwarded-proto': 'http',
        'x-forwarded-host': 'attacker.example'
      }
    })
    expect(received[0]?.headers).toMatchObject({
      host: 'bank.example',
      'x-forwarded-host': 'bank.example',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https'
    })
    expect(received[0]?.headers.connection).not.toBe('upgrade')
  })
})

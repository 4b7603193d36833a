import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { refuseTrace } from '@/lib/platform/http/refuse-trace'

const server = createServer((_, response) => void response.end('handled'))
beforeAll(() => new Promise<void>((done) => void server.listen(0, '127.0.0.1', done)))
afterAll(() => server.close())

const send = (method: string) =>
  new Promise<number | undefined>((done, fail) => {
    const { port } = server.address() as AddressInfo
    const sent = request({ port, method, host: '127.0.0.1' }, (response) => {
      response.resume()
      done(response.statusCode)
    })
    sent.on('error', fail).end()
  })

it('TRACE is refused on a server that is already running, other methods are handled', async () => {
  expect(await send('TRACE')).toBe(200)
  refuseTrace()
  refuseTrace()
  expect(await send('TRACE')).toBe(405)
  expect(await send('GET')).toBe(200)
  expect(await send('POST')).toBe(200)
})

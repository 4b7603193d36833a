import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { createDeliveries } from '@/sandbox/core/deliveries'
import { createIds } from '@/sandbox/core/ids'
import { openStore } from '@/sandbox/core/store'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A receiver that handles each request with `react`. */
async function startReceiver(react: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', () => react(socket))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closing.push(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`
}

function open(sign: () => Record<string, string> = () => ({})) {
  const store = openStore(null)
  const deliveries = createDeliveries(store, createIds(store, 'test'), sign, [20, 20])
  closing.push(deliveries.close)
  return deliveries
}
const send = (deliveries: ReturnType<typeof open>, url: string) =>
  deliveries.send({ url, event: 'TEST', body: '{}' })
const taken = (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')

test('a receiver that dies between head and body of its response gets the webhook again', async () => {
  let requests = 0
  const url = await startReceiver((socket) => {
    if (++requests > 1) return taken(socket)
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf', () =>
      socket.resetAndDestroy()
    )
  })
  const delivery = send(open(), url)
  await vi.waitFor(() => expect(delivery.status).toBe('delivered'), 5_000)
  expect(delivery.attempts.map(({ status }) => status)).toEqual([null, 200])
})

test('a receiver that hangs delays no other receiver’s webhook', async () => {
  const hanging = await startReceiver(() => {})
  const answering = await startReceiver(taken)
  const deliveries = open()
  const stuck = send(deliveries, hanging)
  await vi.waitFor(() => expect(deliveries.list()).toHaveLength(1))
  await new Promise(setImmediate)
  const other = send(deliveries, answering)
  await vi.waitFor(() => expect(other.status).toBe('delivered'), 2_000)
  expect(stuck).toMatchObject({ status: 'waiting', attempts: [] })
})

test('an invalid address or signature is a failed attempt, and finally given up', async () => {
  const deliveries = open(() => {
    throw new Error('no key')
  })
  const unsigned = send(deliveries, 'http://127.0.0.1:1/')
  const nowhere = send(open(), 'nonsense:')
  await vi.waitFor(
    () => expect([unsigned.status, nowhere.status]).toEqual(['given_up', 'given_up']),
    5_000
  )
})

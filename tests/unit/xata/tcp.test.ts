import { createServer, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { openTcp } from '@/xata/drivers/tcp'

const sockets: Socket[] = []
afterEach(() => sockets.splice(0).forEach((socket) => void socket.destroy()))

it('twelve simultaneous statements open ten connections, each of which fixes the text format of values', async () => {
  const startups: string[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    socket.once('data', (bytes) => {
      startups.push(bytes.toString('latin1'))
      if (startups.length === 10) all()
    })
  })
  let all = () => {}
  const opened = new Promise<void>((resolve) => {
    all = resolve
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const transport = openTcp(
    `postgresql://u@127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/x?sslmode=disable`
  )
  const statements = Array.from({ length: 12 }, () =>
    transport.batch([{ sql: 'select 1', params: [] }]).catch(() => null)
  )
  await opened
  for (const startup of startups) expect(startup).toMatch(/DateStyle\0ISO\0TimeZone\0UTC\0/)
  for (const socket of sockets) socket.destroy()
  server.close()
  void statements
})

/**
 * A sleeping Xata branch accepts connections and responds up to 50 s later. Time is moved by hand.
 */
import { connect, createServer, type Socket } from 'node:net'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startGateway } from '@/sandbox/xata/gateway'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import { openDatabase } from '@/xata/client'
import { openHttp } from '@/xata/drivers/http'
import { openTcp } from '@/xata/drivers/tcp'
import { migrate } from '@/xata/migrate'

let storage: TestStorage
let gateway: Awaited<ReturnType<typeof startGateway>>
beforeAll(async () => {
  storage = await openTestStorage()
  gateway = await startGateway({ port: 0, databaseUrl: storage.databaseUrl })
})
afterAll(async () => {
  await gateway.close()
  await storage.close()
})
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const timer = new AbortController()
    setTimeout(() => timer.abort(new DOMException('too late', 'TimeoutError')), ms)
    return timer.signal
  })
})
afterEach(async () => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/**
 * Accepts connections for a server and forwards nothing until it is woken. `reached` resolves with
 * the first connection.
 */
async function fallAsleep(target: string) {
  const { hostname, port } = new URL(target)
  const sockets: Socket[] = []
  const passOn = (socket: Socket) =>
    socket
      .pipe(connect(Number(port), hostname))
      .on('error', () => {})
      .pipe(socket)
  let awake = false
  let first = () => {}
  const reached = new Promise<void>((resolve) => {
    first = resolve
  })
  const server = createServer((socket) => {
    socket.on('error', () => {})
    sockets.push(socket)
    if (awake) passOn(socket)
    first()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: Object.assign(new URL(target), {
      hostname: '127.0.0.1',
      port: String(typeof address === 'object' && address ? address.port : 0)
    }).toString(),
    reached,
    wake() {
      awake = true
      for (const socket of sockets) passOn(socket)
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    }
  }
}

const open = {
  tcp: async () => {
    const branch = await fallAsleep(storage.databaseUrl)
    return { branch, db: openDatabase(openTcp(branch.url)) }
  },
  http: async () => {
    const branch = await fallAsleep(gateway.url)
    return {
      branch,
      db: openDatabase(openHttp(storage.databaseUrl, branch.url.replace(/\/$/, '')))
    }
  }
}

for (const over of ['tcp', 'http'] as const) {
  test(`over ${over} a statement waits the 50 s that a branch takes to wake, and succeeds`, async () => {
    const { branch, db } = await open[over]()
    const answer = db.query(sql`select 1 as one`).catch((error: unknown) => error)
    await branch.reached
    await vi.advanceTimersByTimeAsync(50_000)
    branch.wake()
    expect(await answer).toEqual([{ one: 1 }])
    await db.close()
    branch.close()
  })

  test(`over ${over} a branch that never wakes is a TIMEOUT after a minute`, async () => {
    const { branch, db } = await open[over]()
    const answer = db.query(sql`select 1 as one`).catch((error: unknown) => error)
    await branch.reached
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await answer).toMatchObject({ code: 'TIMEOUT' })
    branch.close()
  })
}

test('a migration waits too, and logs that every ten seconds', async () => {
  const branch = await fallAsleep(storage.databaseUrl)
  const lines: string[] = []
  const migrated = migrate(branch.url, { report: (line) => void lines.push(line) }).catch(
    (error: unknown) => error
  )
  await branch.reached
  await vi.advanceTimersByTimeAsync(50_000)
  branch.wake()
  expect(await migrated).toBe(0)
  expect(lines).toEqual(Array(5).fill('waiting for the database'))
  branch.close()
})

/**
 * Many Postgres clients in front of one PGlite session. A client holds the session from the first
 * message of a request until the server is ready outside a transaction: otherwise two clients'
 * unnamed statements would overwrite each other.
 */
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { PGlite } from '@electric-sql/pglite'
import { createFrameReader, type Frame, readyState } from '@/sandbox/xata/frames'
import { createSessionLock, type SessionLock } from '@/sandbox/xata/session-lock'
import { analyzeChangedTables } from '@/sandbox/xata/statistics'

export type XataServer = { port: number; close(): Promise<void> }

/** An open transaction blocks all other clients, so an idle one is dropped. */
const IDLE_IN_TRANSACTION_MS = 30_000
const ANALYZE_EVERY_MS = 3_000

export async function serveDatabase(db: PGlite, port: number): Promise<XataServer> {
  const turns = createSessionLock()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    serveClient(db, turns, socket)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const closing = new AbortController()
  keepStatistics(db, turns, closing.signal).catch(() => {})
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: async () => {
      closing.abort()
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    }
  }
}

/** Ends with an AbortError. */
async function keepStatistics(db: PGlite, turns: SessionLock, signal: AbortSignal): Promise<void> {
  const turn = {}
  while (true) {
    await pause(ANALYZE_EVERY_MS, undefined, { signal })
    await turns.acquire(turn)
    try {
      await analyzeChangedTables(db)
    } finally {
      turns.release(turn)
    }
  }
}

function serveClient(db: PGlite, turns: SessionLock, socket: Socket): void {
  const read = createFrameReader()
  let queue = Promise.resolve()
  let open = true
  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.on('timeout', () => socket.destroy())
  const enqueue = (job: () => Promise<void>) => {
    queue = queue.then(job).catch(() => {
      socket.destroy()
    })
  }
  socket.on('data', (chunk) => {
    try {
      for (const frame of read(chunk))
        enqueue(() => (open ? handleFrame(db, turns, socket, frame) : Promise.resolve()))
    } catch {
      socket.destroy()
    }
  })
  socket.on('close', () => {
    open = false
    enqueue(() => rollBackAbandoned(db, turns, socket))
  })
}

async function handleFrame(
  db: PGlite,
  turns: SessionLock,
  socket: Socket,
  frame: Frame
): Promise<void> {
  if (frame.kind === 'ssl') return void socket.write('N')
  if (frame.kind === 'cancel' || frame.kind === 'terminate') return void socket.end()
  await turns.acquire(socket)
  socket.setTimeout(0)
  const parts: Uint8Array[] = []
  await db.runExclusive(() =>
    db.execProtocolRawStream(new Uint8Array(frame.bytes), {
      onRawData: (data) => parts.push(data.slice())
    })
  )
  const answered = Buffer.concat(parts)
  if (answered.length && socket.writable) socket.write(answered)
  const state = readyState(answered)
  if (!state) return
  // PGlite runs on this thread: without a pause, back-to-back requests would starve timers and
  // sockets.
  await nextTurn()
  if (state === 'I') turns.release(socket)
  else socket.setTimeout(IDLE_IN_TRANSACTION_MS)
}

/** Rolls back an interrupted client's transaction before the next client's turn. */
async function rollBackAbandoned(db: PGlite, turns: SessionLock, socket: Socket): Promise<void> {
  if (!turns.isHeldBy(socket)) return
  const sync = Uint8Array.from([0x53, 0, 0, 0, 4])
  await db
    .runExclusive(() => db.execProtocolRawStream(sync, { onRawData: () => {} }))
    .catch(() => {})
  await db.exec('rollback').catch(() => {})
  turns.release(socket)
}

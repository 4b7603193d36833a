/** The orderly end of a web server: nothing that was accepted is cut off. */
import 'server-only'
import { subscribe } from 'node:diagnostics_channel'
import type { Server, ServerResponse } from 'node:http'
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { singleton } from '@/lib/platform/globals'
import { log } from '@/lib/platform/log'

const state = () =>
  singleton('shutdown', () => ({
    stopping: false,
    watching: false,
    running: new Set<ServerResponse>(),
    servers: new Set<Server>(),
    idle: () => {}
  }))

/** Whether this process was asked to stop: it is not ready for new work. */
export const isStopping = (): boolean => state().stopping

/**
 * Counts running requests of every HTTP server in this process. Next creates its server itself, so
 * they are seen through Node's diagnostics channel
 * (https://nodejs.org/api/diagnostics_channel.html#http).
 */
export function watchRequests(): void {
  const shared = state()
  if (shared.watching) return
  shared.watching = true
  subscribe('http.server.request.start', (message) => {
    const { response, server } = message as { response: ServerResponse; server: Server }
    const { servers, running, stopping } = state()
    servers.add(server)
    running.add(response)
    if (stopping) closeAfterwards(response)
    response.once('close', () => {
      running.delete(response)
      if (running.size === 0) state().idle()
    })
  })
}

/** The client opens its next connection to another process. */
function closeAfterwards(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close')
}

/** How long a connection may be open without a request: browsers open some in advance. */
const ARRIVAL_MS = 1_000

type Shutdown = {
  /** How long new requests are still answered, so that a load balancer can notice first. */
  drainMs: number
  /** When the process ends even if requests still run, counted from the start. */
  graceMs: number
  /** Other work to wait for. */
  work: Promise<unknown>
}

/**
 * Stops: not ready at once, each response closes its connection, then no new connection is accepted,
 * running requests and work finish. @returns whether everything finished within the grace.
 */
export async function shutDown({ drainMs, graceMs, work }: Shutdown): Promise<boolean> {
  const shared = state()
  const late = pause(graceMs, false, { ref: false })
  shared.stopping = true
  log.info('server.stopping', { count: shared.running.size })
  for (const response of shared.running) closeAfterwards(response)
  await pause(Math.min(drainMs, graceMs))
  const requests = closeServers().then(allAnswered)
  const finished = await Promise.race([
    Promise.all([requests, work.catch(() => {})]).then(() => true),
    late
  ])
  log.info(finished ? 'server.stopped' : 'server.cut_off', { count: shared.running.size })
  return finished
}

/** Refuses new connections, and waits until the request of each accepted one has arrived. */
async function closeServers(): Promise<void> {
  // Right after a turn's new connections were accepted, fewest wait for it: closing resets those.
  await nextTurn()
  const closed = [...state().servers].map(
    (server) => new Promise<void>((resolve) => server.close(() => resolve()))
  )
  await Promise.race([Promise.all(closed), pause(ARRIVAL_MS, undefined, { ref: false })])
}

function allAnswered(): Promise<void> {
  const shared = state()
  if (shared.running.size === 0) return Promise.resolve()
  return new Promise((resolve) => {
    shared.idle = resolve
  })
}

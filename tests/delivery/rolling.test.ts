import { Agent, request } from 'node:https'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '@/scripts/stack/ports'
import { findNginx, type Nginx, startNginx } from '@/tests/delivery/support/nginx'
import {
  DIST,
  type Held,
  holdSocket,
  killAll,
  type Served,
  serve
} from '@/tests/delivery/support/served'

const binary = findNginx()
const dist = DIST ?? ''
const REQUESTS = 10_000
const CLIENTS = 8
/** As in deploy/systemd. */
const ENV = { SHUTDOWN_DRAIN_SECONDS: '0' }

let nginx: Nginx
let socket: Held

beforeAll(async () => {
  if (!DIST || !binary) return
  socket = holdSocket(await freePort(28_300))
  nginx = await startNginx(binary, [socket.port])
})
const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
afterEach(() => {
  agent.destroy()
  killAll()
})
afterAll(async () => {
  await nginx?.stop()
})

/** A read, and a change that nginx must not send twice. @returns the status, or the error's code. */
function send(change: boolean): Promise<number | string | undefined> {
  const { httpsPort: port, certificate: ca } = nginx
  const about = change
    ? { method: 'POST', path: '/api/csp-report', headers: { 'content-type': 'application/json' } }
    : { path: '/api/health/live' }
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', servername: 'localhost', port, ca, agent, ...about }
    const sent = request(options, (response) => {
      response.resume().once('end', () => resolve(response.statusCode))
    })
    sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    sent.end(change ? '[]' : undefined)
  })
}

/** Sends requests until the deployment is done, at least so many. */
async function sendDuring(deployment: Promise<void>, atLeast: number) {
  const failed: Record<string, number> = {}
  let [sent, slowestMs, deployed] = [0, 0, false]
  const done = deployment.finally(() => {
    deployed = true
  })
  const client = async () => {
    while (!deployed || sent < atLeast) {
      const change = sent++ % 2 === 0
      const began = performance.now()
      const result = await send(change)
      slowestMs = Math.max(slowestMs, Math.round(performance.now() - began))
      if (result !== (change ? 204 : 200))
        failed[String(result)] = (failed[String(result)] ?? 0) + 1
    }
  }
  await Promise.all([done, ...Array.from({ length: CLIENTS }, client)])
  return { sent, failed, slowestMs }
}

async function replace(old: Served): Promise<Served> {
  old.signal('SIGTERM')
  expect(await old.ended).toBe(0)
  return serve(dist, socket, ENV)
}

describe.runIf(DIST && binary)('behind nginx, on a socket that stays open', () => {
  it(`a rolling deployment of two processes fails none of ${REQUESTS} requests`, {
    timeout: 280_000
  }, async () => {
    const processes = await Promise.all([serve(dist, socket, ENV), serve(dist, socket, ENV)])
    const roll = async () => {
      for (const old of processes) await replace(old)
    }
    const figures = await sendDuring(roll(), REQUESTS)
    console.log(`figures: rolling deployment of two processes: ${JSON.stringify(figures)}`)
    expect(figures.failed).toEqual({})
    expect(figures.sent).toBeGreaterThanOrEqual(REQUESTS)
  })

  it('a restart of the only process delays requests and fails none', {
    timeout: 120_000
  }, async () => {
    const only = await serve(dist, socket, ENV)
    const figures = await sendDuring(
      replace(only).then(() => {}),
      1_000
    )
    console.log(`figures: restart of the only process: ${JSON.stringify(figures)}`)
    expect(figures.failed).toEqual({})
  })
})

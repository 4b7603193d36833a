/** HTTP servers on loopback, for the emulators, the console and the gateway. */
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

export type LoopbackServer = { url: string; port: number; close(): Promise<void> }

/** Starts listening. @param port 0 picks a free one. */
export async function serveOnLoopback(app: Hono, port: number): Promise<LoopbackServer> {
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  const address = server.address()
  const actual = typeof address === 'object' && address ? address.port : port
  return {
    port: actual,
    url: `http://127.0.0.1:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
  }
}

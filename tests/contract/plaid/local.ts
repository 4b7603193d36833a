/** The emulator of Plaid for one test, its SDK, and a receiver of its webhooks. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Configuration, PlaidApi } from 'plaid'
import type { RunningEmulator } from '@/sandbox/core/sandbox'
import { startPlaid } from '@/sandbox/plaid'

const KEYS = { clientId: 'id', secret: 'secret' }

export async function startLocal(): Promise<{ running: RunningEmulator; plaid: PlaidApi }> {
  const running = await startPlaid({ port: 0, dataDir: null, ...KEYS })
  const headers = { 'PLAID-CLIENT-ID': KEYS.clientId, 'PLAID-SECRET': KEYS.secret }
  const plaid = new PlaidApi(
    new Configuration({
      basePath: running.url,
      baseOptions: { timeout: 5_000, proxy: false, headers }
    })
  )
  return { running, plaid }
}

export type Delivery = { raw: string; headers: IncomingHttpHeaders }

/** @param receive handles a webhook and returns the status of the answer. */
export async function openReceiver(
  receive: (delivery: Delivery) => number
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8')
      response.writeHead(receive({ raw, headers: request.headers })).end()
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    close: () => new Promise((closed) => server.close(() => closed()))
  }
}

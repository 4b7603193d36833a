/**
 * A client on connections that stay open, as a proxy in front of the app has. It costs a fraction of
 * `fetch`, because the load shares the machine with what it measures.
 */
import { Agent, request } from 'node:http'
import { request as requestTls, Agent as TlsAgent } from 'node:https'

const CONNECTIONS = 100
const TIMEOUT_MS = 60_000

export type Client = {
  send(
    path: string,
    options?: { method?: string; headers?: Record<string, string>; body?: string }
  ): Promise<{ status: number; body: string }>
  close(): void
}

/** @param url `http` or `https`. @param ca the certificate to trust, in PEM. */
export function openClient(url: string, ca?: string): Client {
  const { protocol, hostname, port } = new URL(url)
  const tls = protocol === 'https:'
  const settings = { keepAlive: true, maxSockets: CONNECTIONS, timeout: TIMEOUT_MS }
  const agent = tls ? new TlsAgent({ ...settings, ca }) : new Agent(settings)
  const start = tls ? requestTls : request
  return {
    send: (path, { method = 'GET', headers = {}, body } = {}) =>
      new Promise((resolve, reject) => {
        const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
        const options = { hostname, port, path, method, agent, headers: { ...headers, ...length } }
        const sent = start(options, (response) => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.once('error', reject)
          response.once('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              body: Buffer.concat(parts).toString()
            })
          )
        })
        sent.once('timeout', () => sent.destroy(new Error('timeout')))
        sent.once('error', (error: NodeJS.ErrnoException) =>
          reject(new Error(error.code ?? error.message))
        )
        sent.end(body)
      }),
    close: () => agent.destroy()
  }
}

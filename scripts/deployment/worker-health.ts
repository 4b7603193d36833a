/** The health check and the metrics of a worker process, which has no web server. */
import { createServer, type Server } from 'node:http'
import { equalsSecret } from '@/lib/platform/crypto'
import { PangeaService } from '@/lib/services'

type Answer = { status: number; body: string }

/**
 * `/api/health/live`: 200 while the worker reads due jobs, else 503. `/api/metrics`: as at the web
 * server. Listens on every address, because checks come from other hosts in a cluster.
 */
export function serveWorkerHealth({
  port,
  metricsToken
}: {
  port: number
  metricsToken: string | null
}): Server {
  const server = createServer((request, response) => {
    void answer(request.url ?? '', request.headers.authorization ?? '', metricsToken).then(
      ({ status, body }) => response.writeHead(status, { 'cache-control': 'no-store' }).end(body),
      () => response.writeHead(503).end()
    )
  })
  return server.listen(port)
}

async function answer(path: string, authorization: string, token: string | null): Promise<Answer> {
  if (path === '/api/health/live') {
    const ok = PangeaService.isWorkerAlive()
    return { status: ok ? 200 : 503, body: JSON.stringify({ ok }) }
  }
  if (path !== '/api/metrics' || !token) return { status: 404, body: '' }
  return equalsSecret(authorization, `Bearer ${token}`)
    ? { status: 200, body: await PangeaService.collectMetrics() }
    : { status: 401, body: '' }
}

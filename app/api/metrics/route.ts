import { hasBearer } from '@/app/_lib/operator'
import { route } from '@/app/_lib/route'
import { env } from '@/lib/platform/env'
import { RequestError } from '@/lib/platform/errors'
import { PangeaService } from '@/lib/services'

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/**
 * Figures for Prometheus. Behind a proxy every caller comes from this machine, so a token decides;
 * without METRICS_TOKEN the route does not exist.
 */
export const GET = route(
  {
    summary: 'Metrics in Prometheus’ text format.',
    auth: 'public',
    errors: ['not_found', 'unauthenticated'],
    response: ['text/plain']
  },
  async ({ request, reply }) => {
    const token = env().metricsToken
    if (!token) throw new RequestError('not_found', 'There is nothing at this address.')
    if (!hasBearer(request, token))
      throw new RequestError('unauthenticated', 'Send the metrics token as a bearer token.', {
        rule: 'metrics-token'
      })
    reply.headers.set('content-type', CONTENT_TYPE)
    return new Response(await PangeaService.collectMetrics(), { headers: reply.headers })
  }
)

import 'server-only'
import { interceptRequests } from '@/lib/platform/http/intercept-requests'

/**
 * Answers TRACE with 405 on every HTTP server of this process. Next answers 500, because the
 * requests that it builds cannot have this method, so no handler or proxy of ours sees them.
 */
export const refuseTrace = (): void =>
  interceptRequests('trace', ({ request, response }) => {
    if (request.method !== 'TRACE') return false
    response.writeHead(405, { 'content-length': '0', connection: 'close' }).end()
    return true
  })

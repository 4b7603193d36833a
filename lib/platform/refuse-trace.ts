import 'server-only'
import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import { singleton } from '@/lib/platform/globals'

/**
 * Answers TRACE with 405 on every HTTP server of this process. Next answers 500, because the
 * requests that it builds cannot have this method, so no handler or proxy of ours sees them.
 */
export function refuseTrace(): void {
  singleton('refuse-trace', () => {
    const emit = Server.prototype.emit as (event: string | symbol, ...args: unknown[]) => boolean
    Server.prototype.emit = function (event: string | symbol, ...args: unknown[]) {
      const [request, response] = args as [IncomingMessage, ServerResponse]
      if (event !== 'request' || request.method !== 'TRACE') return emit.call(this, event, ...args)
      response.writeHead(405, { 'content-length': '0', connection: 'close' }).end()
      return true
    }
    return true
  })
}

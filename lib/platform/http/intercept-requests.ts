import 'server-only'
import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import { singleton } from '@/lib/platform/globals'

type Exchange = { request: IncomingMessage; response: ServerResponse; server: Server }

/**
 * Sees the requests of every HTTP server in this process before Next, which creates its server
 * itself. `answer` returns false for a request that Next answers; otherwise it responds itself, or
 * calls `pass` later.
 */
export function interceptRequests(
  name: string,
  answer: (exchange: Exchange, pass: () => void) => boolean
): void {
  singleton(`intercept-${name}`, () => {
    const emit = Server.prototype.emit as (event: string | symbol, ...args: unknown[]) => boolean
    Server.prototype.emit = function (event: string | symbol, ...args: unknown[]) {
      const pass = () => emit.call(this, event, ...args)
      if (event !== 'request') return pass()
      const [request, response] = args as [IncomingMessage, ServerResponse]
      return answer({ request, response, server: this }, pass) || pass()
    }
    return true
  })
}

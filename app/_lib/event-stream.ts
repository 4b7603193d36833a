import type { UserVersionMessage } from '@/lib/api/responses'
import type { UserActor } from '@/lib/domain/users/actor'
import { AuthService, PangeaService } from '@/lib/services'

const HEARTBEAT_MS = 15_000
const RECHECK_MS = 60_000

/**
 * Server-sent events for one user: one message per commit that changed their data. Checks the
 * session every minute.
 */
export function createEventStream(user: UserActor, request: Request): Response {
  const encoder = new TextEncoder()
  let close = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text))
      const unsubscribe = PangeaService.watchChanges(user, {
        changed: (version) =>
          send(
            `event: change\ndata: ${JSON.stringify({ version } satisfies UserVersionMessage)}\n\n`
          ),
        end: () => close()
      })
      const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS)
      // A Clerk outage does not end the stream; only a rejected session does.
      const recheck = setInterval(async () => {
        if (!(await AuthService.isSessionActive(user).catch(() => true))) close()
      }, RECHECK_MS)
      close = () => {
        close = () => {}
        clearInterval(heartbeat)
        clearInterval(recheck)
        unsubscribe()
        try {
          controller.close()
        } catch {
          // The browser has already closed the stream.
        }
      }
      request.signal.addEventListener('abort', () => close())
      send('retry: 2000\n\n')
    },
    cancel: () => close()
  })
  const headers = {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no'
  }
  return new Response(body, { headers })
}

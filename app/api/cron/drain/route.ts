import { isOperator } from '@/app/_lib/operator'
import { route } from '@/app/_lib/route'
import { WireDrained } from '@/lib/api/operations'
import { RequestError } from '@/lib/platform/errors'
import { PangeaService } from '@/lib/services'

/**
 * How long a round takes new jobs, in ms: low enough to finish them within hosts' request limits.
 */
const RUN_FOR_MS = 20_000

/** One round of the worker, for hosts without long-running processes. */
export const POST = route(
  {
    summary: 'Run waiting jobs; for hosts without a worker process.',
    auth: 'public',
    errors: ['unauthenticated'],
    response: WireDrained
  },
  async ({ request }) => {
    if (!isOperator(request))
      throw new RequestError('unauthenticated', 'Send the cron secret as a bearer token.', {
        rule: 'cron-secret'
      })
    return { done: await PangeaService.runWorkerFor({ forMs: RUN_FOR_MS }) }
  }
)

/** Some hosts' timers can only send GET; it needs the same secret. */
export const GET = POST

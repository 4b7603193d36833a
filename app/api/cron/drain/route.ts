import { createHash, timingSafeEqual } from 'node:crypto'
import { route } from '@/app/_lib/route'
import { WireDrained } from '@/lib/api/operations'
import { env } from '@/lib/platform/env'
import { RequestError } from '@/lib/platform/errors'
import { PangeaService } from '@/lib/services'

const sha256 = (text: string) => createHash('sha256').update(text).digest()

/**
 * How long a round takes new jobs, in ms: low enough to finish them within hosts' request limits.
 */
const RUN_FOR_MS = 20_000

/** One round of the worker, for hosts without long-running processes. */
export const POST = route({ auth: 'public', response: WireDrained }, async ({ request }) => {
  const authorization = request.headers.get('authorization') ?? ''
  if (!timingSafeEqual(sha256(authorization), sha256(`Bearer ${env().cronSecret}`)))
    throw new RequestError('unauthenticated', 'Send the cron secret as a bearer token.', {
      rule: 'cron-secret'
    })
  return { done: await PangeaService.runWorkerFor({ forMs: RUN_FOR_MS }) }
})

/** Some hosts' timers can only send GET; it needs the same secret. */
export const GET = POST

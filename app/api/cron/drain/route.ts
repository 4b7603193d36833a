import { createHash, timingSafeEqual } from 'node:crypto'
import { answer, handle } from '@/app/api/handle'
import { env } from '@/lib/platform/env'
import { RequestError } from '@/lib/platform/errors'
import { PangeaService } from '@/lib/services'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** What is taken up by then is finished: with a minute for each request, a host cuts nothing off that is not cut off anyway. */
const FOR_MS = 20_000

/** One round of what a process does all the time, for hosts that keep none running. */
export const POST = handle(async (request) => {
  const given = request.headers.get('authorization') ?? ''
  if (!timingSafeEqual(digest(given), digest(`Bearer ${env().cronSecret}`)))
    throw new RequestError('unauthenticated', 'Send the cron secret as a bearer token.')
  return answer({ done: await PangeaService.drainOnce({ forMs: FOR_MS }) })
})

/** The only request that some hosts' timers can send; the secret keeps everybody else out. */
export const GET = POST

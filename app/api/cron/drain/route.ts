import { createHash, timingSafeEqual } from 'node:crypto'
import { answer, handle } from '@/app/api/handle'
import { env } from '@/lib/platform/env'
import { RequestError } from '@/lib/platform/errors'
import { PangeaService } from '@/lib/services'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** One pass of the drain, for hosts that keep no process running. */
export const POST = handle(async (request) => {
  const given = request.headers.get('authorization') ?? ''
  if (!timingSafeEqual(digest(given), digest(`Bearer ${env().cronSecret}`)))
    throw new RequestError('unauthenticated', 'Send the cron secret as a bearer token.')
  return answer({ done: await PangeaService.drain() })
})

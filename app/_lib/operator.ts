import { createHash, timingSafeEqual } from 'node:crypto'
import { env } from '@/lib/platform/env'

const sha256 = (text: string) => createHash('sha256').update(text).digest()

/** Whether the request carries this bearer token. The comparison takes the same time for all. */
export const hasBearer = ({ headers }: Request, token: string): boolean =>
  timingSafeEqual(sha256(headers.get('authorization') ?? ''), sha256(`Bearer ${token}`))

/** Whether the request carries the operator's secret (CRON_SECRET) as a bearer token. */
export const isOperator = (request: Request): boolean => hasBearer(request, env().cronSecret)

import { createHash, timingSafeEqual } from 'node:crypto'
import { env } from '@/lib/platform/env'

const sha256 = (text: string) => createHash('sha256').update(text).digest()

/** Whether the request carries the operator's secret (CRON_SECRET) as a bearer token. */
export const isOperator = ({ headers }: Request): boolean =>
  timingSafeEqual(sha256(headers.get('authorization') ?? ''), sha256(`Bearer ${env().cronSecret}`))

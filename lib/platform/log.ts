import 'server-only'
import pino from 'pino'
import { singleton } from '@/lib/platform/globals'

/**
 * The only fields a log line may contain: ids, codes and counts, never user input or vendor data.
 */
export type LogFields = {
  requestId?: string
  userId?: string
  connectionId?: string
  itemId?: string
  linkSessionId?: string | null
  institutionId?: string | null
  jobId?: string
  runId?: string
  transferId?: string
  service?: string
  code?: string | null
  type?: string | null
  vendorRequestId?: string | null
  method?: string
  path?: string
  status?: number | string
  attempts?: number
  count?: number
  durationMs?: number
  reference?: string
  /** The error name, for errors without a code. */
  fault?: string
  stack?: string
  /** The name of the query that failed, without its values. */
  query?: string
}

const logger = () =>
  singleton('log', () => pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }))

export const log = {
  debug: (event: string, fields: LogFields = {}) => logger().debug(fields, event),
  info: (event: string, fields: LogFields = {}) => logger().info(fields, event),
  warn: (event: string, fields: LogFields = {}) => logger().warn(fields, event),
  error: (event: string, fields: LogFields = {}) => logger().error(fields, event)
}

import 'server-only'
import pino from 'pino'
import { singleton } from '@/lib/platform/globals'
import { consumeLocalBudget } from '@/lib/platform/local-budget'
import { requestId } from '@/lib/platform/request-context'
import { traceId } from '@/lib/platform/telemetry/tracing'

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
  /** The end of the audit log's chain, and the id of its key. */
  digest?: string
  keyId?: string
  /** The name of the query that failed, without its values. */
  query?: string
}

/**
 * A line of the security log in the Elastic Common Schema (lib/platform/security-log.ts). Ids, rule
 * names and paths only.
 */
export type SecurityFields = {
  'ecs.version': string
  'event.kind': 'event'
  'event.category': readonly string[]
  'event.type': readonly string[]
  'event.action': string
  'event.outcome': 'failure' | 'success'
  'event.id'?: string
  'http.request.method': string
  'http.response.status_code'?: number
  'url.path': string
  'user.id'?: string
  /** A network, never a whole address. */
  'source.ip'?: string
  'rule.name'?: string
}

/** The request and the trace of every line, where there is one. */
export const currentIds = () => {
  const [request, trace] = [requestId(), traceId()]
  return { ...(request ? { requestId: request } : {}), ...(trace ? { traceId: trace } : {}) }
}

const logger = () =>
  singleton('log', () =>
    pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime, mixin: currentIds })
  )

export const log = {
  debug: (event: string, fields: LogFields = {}) => logger().debug(fields, event),
  info: (event: string, fields: LogFields = {}) => logger().info(fields, event),
  warn: (event: string, fields: LogFields = {}) => logger().warn(fields, event),
  security: (fields: SecurityFields) => logger().info(fields, 'security'),
  error: (event: string, fields: LogFields = {}) => logger().error(fields, event)
}

const MINUTE_MS = 60_000

/** Logs at most `perMinute` lines of an event that strangers can cause, for each process. */
export function warnAtMost(perMinute: number, event: string, fields: LogFields = {}): void {
  const budget = { limit: perMinute, windowMs: MINUTE_MS }
  if (consumeLocalBudget(`log.${event}`, budget).allowed) log.warn(event, fields)
}

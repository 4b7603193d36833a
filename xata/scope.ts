import { trace } from '@opentelemetry/api'
import type { Statement } from '@/xata/drivers/transport'

/** Whose rows statements may touch: those of one user, or of every user (jobs, webhooks, admins). */
export type Scope = { userId: string } | 'every_user'

/**
 * Sent before each batch: the role and the user that the policies of row-level security name
 * (xata/migrations/0006_row-level-security.sql), and the trace that inserted jobs keep. All end with
 * the transaction, so poolers and PGlite's shared session keep none of them.
 */
export function scopeStatement(scope: Scope): Statement {
  const params = scope === 'every_user' ? ['pangea_worker', ''] : ['pangea_app', scope.userId]
  const sql = "select set_config('role', $1, true), set_config('app.user_id', $2, true)"
  const traceparent = activeTraceparent()
  return traceparent
    ? {
        sql: `${sql}, set_config('app.traceparent', $3, true)`,
        params: [...params, traceparent]
      }
    : { sql, params }
}

/** The trace that runs now, as jobs keep it; null where it is not traced. */
export function activeTraceparent(): string | null {
  const span = trace.getActiveSpan()?.spanContext()
  if (!span) return null
  return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`
}

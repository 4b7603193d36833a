import 'server-only'
import { clientNetwork } from '@/lib/platform/client-address'
import { log } from '@/lib/platform/log'
import { SECURITY_EVENTS, type SecurityAction } from '@/lib/platform/security-events'

/** The details of a security event: ids, rule names and paths, never input or personal data. */
export type SecurityContext = {
  method: string
  path: string
  headers: Headers
  userId?: string | null
  status?: number
  /** The rule that decided: a rate limit's or check's name. */
  rule?: string | null
  /** Finds the line of the same request. */
  reference?: string
}

/** Writes one line in the Elastic Common Schema. The address is truncated to its network. */
export function logSecurityEvent(action: SecurityAction, context: SecurityContext): void {
  const { category, type, outcome } = SECURITY_EVENTS[action]
  const { method, path, headers, userId, status, rule, reference } = context
  log.security({
    'ecs.version': '8.17',
    'event.kind': 'event',
    'event.category': [category],
    'event.type': [type],
    'event.action': action,
    'event.outcome': outcome,
    'http.request.method': method,
    'url.path': path,
    ...given('event.id', reference),
    ...given('http.response.status_code', status),
    ...given('user.id', userId),
    ...given('source.ip', clientNetwork(headers)),
    ...given('rule.name', rule)
  })
}

const given = <Name extends string, Value>(name: Name, value: Value | null | undefined) =>
  value === null || value === undefined ? {} : { [name]: value }

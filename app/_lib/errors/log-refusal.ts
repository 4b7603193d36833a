/** The log lines of a refused request, and of an admin's request. */
import type { RequestError, RequestErrorCode } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import type { SecurityAction } from '@/lib/platform/security-events'
import { logSecurityEvent } from '@/lib/platform/security-log'

type About = { userId: string | null; reference: string }

/** Refusals that are security events under every rule; docs/security/events.md lists all. */
const BY_CODE: Partial<Record<RequestErrorCode, SecurityAction>> = {
  unauthenticated: 'session-refused',
  bad_signature: 'signature-refused',
  user_changed: 'user-changed',
  reverification_required: 'step-up-required',
  forbidden: 'access-refused',
  too_many_requests: 'limit-exceeded'
}
const BY_RULE: Record<string, SecurityAction> = {
  'own-origin': 'origin-refused',
  'content-type': 'origin-refused',
  'admin-role': 'admin-access-refused'
}

function actionOf({ code, rule }: RequestError, userId: string | null): SecurityAction | null {
  const byRule = rule === null ? undefined : BY_RULE[rule]
  // Another user's object and a missing one get the same response.
  const probe = code === 'not_found' && userId ? 'object-refused' : null
  return byRule ?? BY_CODE[code] ?? probe
}

/**
 * One line for operators, and one in the security log if the refusal is a security event. Signed-out
 * visitors cause most of the 401s, so the first is at debug level for them.
 */
export function logRefusal(refused: RequestError, request: Request, about: About): void {
  const { code, status, rule } = refused
  const { pathname: path } = new URL(request.url)
  const { method, headers } = request
  const { userId, reference } = about
  const write = status === 401 ? log.debug : log.info
  write('request.refused', { path, method, reference, status, code })
  const action = actionOf(refused, userId)
  if (action) logSecurityEvent(action, { method, path, headers, userId, status, rule, reference })
}

const READS = new Set(['GET', 'HEAD'])

/** An admin's request that was answered. */
export function logAdminRequest(request: Request, { userId }: { userId: string }): void {
  const { pathname: path } = new URL(request.url)
  const { method, headers } = request
  const action = READS.has(method) ? 'admin-read' : 'admin-change'
  logSecurityEvent(action, { method, path, headers, userId })
}

import type { Declaration } from '@/app/_lib/declaration'
import { acceptsIdempotencyKey } from '@/app/_lib/idempotency-key'
import { ERROR_STATUSES, type RequestErrorCode } from '@/lib/platform/errors'

/** Codes of /api/v1's error responses: refusals, and `fault` for an error on our side. */
export type ErrorCode = RequestErrorCode | 'fault'

export const statusOf = (code: ErrorCode): number => (code === 'fault' ? 500 : ERROR_STATUSES[code])

/**
 * The errors that a route can answer with: those of its checks, and those that it declares for its
 * own rules.
 */
export function errorCodesOf(method: string, declaration: Declaration): ErrorCode[] {
  const { auth, live, stepUp, limit, networkLimit, params, query, body, errors = [] } = declaration
  const isSignedIn = auth !== 'public'
  const isChange = isSignedIn && method !== 'GET'
  const codes: (ErrorCode | false)[] = [
    isSignedIn && 'unauthenticated',
    (isChange || auth === 'admin' || live || Boolean(stepUp)) && 'forbidden',
    // A change for a user whose data was deleted meanwhile.
    auth === 'user' && isChange && 'conflict',
    isSignedIn && 'user_changed',
    auth === 'admin' && 'not_found',
    isChange && 'unsupported_media_type',
    (auth === 'admin' || Boolean(stepUp)) && 'reverification_required',
    Boolean(params) && 'not_found',
    Boolean(params || query || body) && 'invalid',
    Boolean(body) && 'too_large',
    acceptsIdempotencyKey(method, declaration) && 'invalid',
    Boolean(limit || networkLimit) && 'too_many_requests',
    ...errors,
    'fault',
    'unavailable'
  ]
  return [...new Set(codes.filter((code) => code !== false))]
}

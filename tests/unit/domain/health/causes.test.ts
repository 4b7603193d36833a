import { expect, test } from 'vitest'
import { causeOf } from '@/lib/domain/health/causes'

test.each([
  ['INSTITUTION_ERROR', 'INSTITUTION_DOWN', 'institution'],
  ['ITEM_ERROR', 'ITEM_LOGIN_REQUIRED', 'user'],
  ['API_ERROR', 'INTERNAL_SERVER_ERROR', 'vendor'],
  ['RATE_LIMIT_EXCEEDED', 'TRANSACTIONS_LIMIT', 'vendor'],
  ['INVALID_REQUEST', 'MISSING_FIELDS', 'us'],
  ['SANDBOX_ERROR', 'SANDBOX_PRODUCT_NOT_ENABLED', 'us'],
  ['INVALID_REQUEST', 'INVALID_API_KEYS', 'us'],
  ['ITEM_ERROR', 'TIMEOUT', 'vendor'],
  [null, 'TIMEOUT', 'vendor'],
  [null, 'UNREACHABLE', 'vendor'],
  [null, 'CIRCUIT_OPEN', 'vendor'],
  [null, 'BAD_RESPONSE', 'vendor'],
  [null, 'RATE_LIMITED', 'vendor'],
  [null, 'UNAVAILABLE', 'vendor'],
  [null, 'UNAUTHORIZED', 'us'],
  [null, 'FORBIDDEN', 'us'],
  [null, 'SEAL_BROKEN', 'us'],
  [null, 'UNKNOWN', 'us'],
  [null, 'REFUSED', 'user'],
  [null, '500', 'vendor'],
  [null, 'HTTP_503', 'vendor'],
  [null, 'HTTP_400', 'user'],
  [null, 'HTTP_5030', 'user'],
  [null, 'FIELD_500', 'user']
])('an error of type %s and code %s is the fault of: %s', (type, code, cause) => {
  expect(causeOf(type, code)).toBe(cause)
})

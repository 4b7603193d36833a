import { describe, expect, it } from 'vitest'
import { IntegrationError, RequestError } from '@/lib/platform/errors'

describe('IntegrationError', () => {
  it('states which service failed and how, in our words', () => {
    const error = new IntegrationError({
      service: 'plaid',
      code: 'ITEM_LOGIN_REQUIRED',
      retryable: false
    })
    expect(error.message).toBe('plaid answered ITEM_LOGIN_REQUIRED')
    expect(error).toMatchObject({
      name: 'IntegrationError',
      outage: false,
      requestId: null,
      retryAfterMs: null,
      type: null
    })
  })
})

describe('RequestError', () => {
  it.each([
    ['unauthenticated', 401],
    ['bad_signature', 401],
    ['forbidden', 403],
    ['not_found', 404],
    ['conflict', 409],
    ['too_large', 413],
    ['unsupported_media_type', 415],
    ['invalid', 422],
    ['too_many_requests', 429],
    ['unavailable', 503]
  ] as const)('responds to %s with %i', (code, status) =>
    expect(new RequestError(code, 'x')).toMatchObject({
      code,
      status,
      fields: null,
      retryAfterMs: null
    })
  )
})
